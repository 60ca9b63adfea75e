-- From which bytes was each version of a release read, where do they lie, and what is their digest?
SET VARIABLE release = (SELECT release_id FROM edits WHERE figures > 0 LIMIT 1); -- an id; as it stands, the one with the weightiest edit of a figure

SELECT v.version, c.captured_at, c.status, c.media_type, c.size, c.content_sha256, c.raw_path, c.raw_offset
FROM versions AS v
JOIN kept.captures AS c USING (input_sha256)
WHERE v.release_id = getvariable('release')
ORDER BY v.version, v.reading, c.captured_at;
