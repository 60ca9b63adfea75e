-- Which readings come next after the last one looked at?
SELECT reading_no, title, left(body, $longest), "language" FROM kept.readings
WHERE reading_no > $after
ORDER BY reading_no
LIMIT $chunk
