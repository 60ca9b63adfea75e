-- What is known of those texts beyond the texts: languages that belong together, visits, absences, lists, windows.
INSERT INTO kept.relations BY NAME
SELECT batch_no, journal_at, 'edition' AS kind, release_id AS release_a, md5('release' || (n - 1))[:16] AS release_b, 1 AS score,
    'generated' AS "rule", '{}' AS evidence, 'asserted' AS state
FROM texts
WHERE n % 3 = 1 AND NOT is_edit AND n % 17 > 0 AND n // 3 % 20 > 0;

INSERT INTO kept.visits BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, source, url AS ref, 'www.' || publisher || ':443' AS host, '7 days' AS step,
    'same' AS answer, journal_at AS asked_at
FROM texts;

INSERT INTO kept.absences BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, source, url AS ref, release_id, url, t.seen.state, 'status 404' AS reason,
    journal_at + to_hours(t.seen.hours) AS observed_at
FROM texts, unnest([
    {'state': 'missing', 'hours': 0}, {'state': 'missing', 'hours': 24}, {'state': 'vanished', 'hours': 50},
    {'state': 'returned', 'hours': 90}]) AS t(seen)
WHERE n % 2000 = 0 AND NOT is_edit AND (t.seen.state != 'returned' OR n % 8000 = 0);

INSERT INTO kept.listings BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, source, 'https://www.' || any_value(publisher) || '/press/' AS url, count(*) AS items,
    max(CAST(issued_at AS DATE)) AS newest, min(CAST(issued_at AS DATE)) AS oldest, md5('list' || batch_no) || md5(source) AS content_sha256
FROM texts
GROUP BY batch_no, source
ORDER BY batch_no, source;

INSERT INTO kept.windows BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, min(source) AS source, min(CAST(issued_at AS DATE)) AS since,
    max(CAST(issued_at AS DATE)) + 1 AS until, CASE WHEN batch_no % 500 = 0 THEN 'partial' ELSE 'done' END AS state,
    CASE WHEN batch_no % 500 = 0 THEN '2 items failed' ELSE '' END AS reason, count(*) AS listed, count(*) AS held, 0 AS failed,
    any_value(journal_at) AS observed_at
FROM texts
GROUP BY batch_no
ORDER BY batch_no;
