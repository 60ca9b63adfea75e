-- Which releases rest on this raw file, or, given an offset, on the record that begins there or before?
WITH named AS (
    SELECT c.input_sha256
    FROM kept.captures AS c
    WHERE c.raw_path = $path
        AND ($place IS NULL OR c.raw_offset = (
            SELECT max(d.raw_offset) FROM kept.captures AS d WHERE d.raw_path = $path AND d.raw_offset <= $place))
)
SELECT DISTINCT r.release_id
FROM kept.readings AS r
LEFT JOIN kept.batches AS b ON b.batch_no = r.batch_no
WHERE r.input_sha256 IN (SELECT input_sha256 FROM named) OR b.journal_path = $path
ORDER BY r.release_id
LIMIT 20
