-- Which edits matter most, and what did they change?
SET VARIABLE most = 10; -- how many

SELECT weight, kinds, silent, CAST(seen_at AS DATE) AS seen_on, publisher, title_after AS title, left(diff, 160) AS diff
FROM edits
ORDER BY weight DESC NULLS LAST, seen_at DESC, release_id, version
LIMIT CAST(getvariable('most') AS INTEGER);
