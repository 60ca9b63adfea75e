-- What a citation of a release tells: its newest version, or the one that is named.
SELECT v.release_id, v.version, v.reading, v.publisher, v."language", v.url, v.title, v.published_on, v."day", v.day_basis,
    v.native_id, v.content_sha256, min(c.captured_at) AS captured_at, any_value(c.payload_sha256) AS payload_sha256
FROM versions AS v
LEFT JOIN kept.captures AS c USING (input_sha256)
WHERE v.release_id = $release AND ($version IS NULL OR v.version = $version)
GROUP BY ALL
ORDER BY v.version DESC, v.reading DESC
LIMIT 1
