-- Which releases read otherwise now than they did at a given moment?
SET VARIABLE moment = (SELECT max(journal_at) - INTERVAL 7 DAY FROM kept.batches); -- such as '2026-02-16 08:00+08'

SELECT n.publisher, n.title, t.version AS version_then, n.version AS version_now, n.version_seen_at AS changed_at, n.release_id
FROM as_of(CAST(getvariable('moment') AS TIMESTAMPTZ)) AS t
JOIN releases AS n USING (release_id)
WHERE (t.version, t.reading) != (n.version, n.reading)
ORDER BY changed_at, n.release_id;
