-- One band of those sketches: nine in ten of the notice's have its key, as its issues do.
INSERT INTO lookup.bands
SELECT $band, CASE
    WHEN i % 10 = 0 AND hash(i, $band) % 10 < 9 THEN $key
    ELSE CAST(hash(i, $band, 'other') % 4294967296 AS UINTEGER)
END, i
FROM range($size) AS t(i)
