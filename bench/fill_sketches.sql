-- As many sketches as wanted, one in ten of the notice, the others of nothing that was ever read.
INSERT INTO kept.sketches
SELECT 1, i, 'held' || i, 'planted.example', 'en', 'Bulletin ' || i, 'text' || i,
    DATE '2015-01-05' + CAST(i % 3900 AS INTEGER), NULL, 60, false, '12 2015 4000',
    CASE WHEN i % 10 = 0 THEN $minima ELSE to_base64(unhex(repeat(md5(CAST(i AS VARCHAR)), 9)[:272])) END,
    CASE WHEN i % 10 = 0 THEN $masked ELSE to_base64(unhex(repeat(md5('m' || i), 4)[:128])) END
FROM range($size) AS t(i)
