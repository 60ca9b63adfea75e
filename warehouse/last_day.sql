-- What came, changed and went since $since, a variable of the connection?
SELECT
    (SELECT count(*) FROM versions WHERE version = 1 AND reading = 1 AND release_seen_at >= getvariable('since')) AS new,
    (SELECT count(*) FROM edits WHERE seen_at >= getvariable('since')) AS changed,
    (SELECT count(*) FROM vanished WHERE confirmed_at >= getvariable('since') AND returned_at IS NULL) AS vanished,
    (SELECT count(*) FROM vanished WHERE returned_at >= getvariable('since')) AS returned,
    (SELECT list({'release_id': release_id, 'publisher': publisher, 'title': title}) FROM (
        SELECT release_id, publisher, title FROM releases
        WHERE first_seen_at >= getvariable('since') ORDER BY first_seen_at DESC, release_id LIMIT 5
    )) AS newest,
    (SELECT list({
        'release_id': release_id, 'publisher': publisher, 'title': title_after, 'kinds': kinds, 'silent': silent
    }) FROM (
        SELECT release_id, publisher, title_after, kinds, silent FROM edits
        WHERE seen_at >= getvariable('since') ORDER BY weight DESC NULLS LAST, seen_at DESC, release_id LIMIT 5
    )) AS edits,
    (SELECT list({'release_id': release_id, 'publisher': publisher, 'title': title, 'url': url}) FROM (
        SELECT release_id, publisher, title, url FROM vanished
        WHERE confirmed_at >= getvariable('since') AND returned_at IS NULL ORDER BY confirmed_at DESC, url LIMIT 5
    )) AS gone,
    (SELECT max(run_at) FROM kept.runs) AS last_run_at,
    (SELECT count(*) FROM kept.runs WHERE run_at >= getvariable('since')) AS runs;
