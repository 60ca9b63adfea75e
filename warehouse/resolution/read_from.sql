-- Which reading came from this input? The newest.
SELECT r.* EXCLUDE (batch_no, journal_at)
FROM kept.readings AS r
WHERE r.input_sha256 = $input_sha256 AND r.item = $item
ORDER BY r.reading_no DESC
LIMIT 1
