-- How did a release read, version by version, and when was each first seen?
SET VARIABLE release = (SELECT release_id FROM edits WHERE figures > 0 LIMIT 1); -- an id; as it stands, the one with the weightiest edit of a figure

SELECT version, reading, first_seen_at, updated_text, changed_fields, title, left(body, 100) AS begins, length(body) AS characters
FROM versions
WHERE release_id = getvariable('release')
ORDER BY version, reading;
