-- Which captures of a raw file were last read by one of these parsers, as any version?
SELECT DISTINCT r.input_sha256
FROM kept.captures AS c
JOIN kept.readings AS r USING (input_sha256)
WHERE c.raw_path = $path AND list_contains($parsers, r.parser)
    AND NOT EXISTS (
        FROM kept.readings AS n
        WHERE n.release_id = r.release_id AND n.version = r.version AND n.reading > r.reading)
