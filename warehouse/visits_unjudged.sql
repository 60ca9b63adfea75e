-- What did this source's pages answer since a run last closed, and were they away before?
WITH closed AS (
    SELECT coalesce(max(batch_no), 0) AS batch_no FROM kept.runs WHERE source = $source AND flow != 'replay'
),
fresh AS (
    SELECT v.*, row_number() OVER (ORDER BY v.batch_no, v.rowid) AS n
    FROM kept.visits AS v, closed AS c
    WHERE v.source = $source AND v.batch_no > c.batch_no
),
got AS (
    SELECT DISTINCT b.run_id, lower(regexp_extract(c.url, '^\w+://([^/?#]+)', 1)) AS host
    FROM kept.captures AS c
    JOIN kept.batches AS b USING (batch_no)
    SEMI JOIN fresh AS f ON f.run_id = b.run_id
    WHERE c.source = $source AND c.status < 300 AND NOT regexp_matches(c.ref, '^(list|answer|attachment|image):')
),
believed AS (
    SELECT f.run_id, f.host, count(*) FILTER (f.answer = 'absent') AS gone,
        bool_or(f.answer IN ('same', 'changed')) OR any_value(g.host) IS NOT NULL AS stands,
        bool_or(f.step = 'still there') AS was_checked
    FROM fresh AS f
    LEFT JOIN got AS g USING (run_id, host)
    GROUP BY f.run_id, f.host
),
met AS (
    SELECT ref, arg_max(release_id, batch_no) AS release_id
    FROM kept.outcomes
    WHERE source = $source AND item = 0 AND release_id IS NOT NULL
    GROUP BY ref
),
page AS (
    SELECT c.ref, arg_max(c.url, c.batch_no) AS url
    FROM kept.captures AS c
    SEMI JOIN fresh USING (ref)
    WHERE c.source = $source AND c.url IS NOT NULL
    GROUP BY c.ref
),
told AS (
    SELECT a.ref, a.state, a.observed_at, row_number() OVER (PARTITION BY a.ref ORDER BY a.batch_no, a.rowid) AS n
    FROM kept.absences AS a
    SEMI JOIN fresh USING (ref)
    WHERE a.source = $source
),
back AS (SELECT ref, coalesce(max(n) FILTER (state = 'returned'), 0) AS n FROM told GROUP BY ref),
away AS (
    SELECT t.ref, count(*) AS times, min(t.observed_at) AS since, bool_or(t.state = 'vanished') AS is_vanished
    FROM told AS t
    JOIN back AS b ON b.ref = t.ref AND t.n > b.n
    GROUP BY t.ref
)
SELECT f.run_id, f.ref, f.host, f.answer, f.reason, f.asked_at, m.release_id, p.url,
    b.gone, b.stands, b.was_checked,
    coalesce(a.times, 0) AS times, a.since, coalesce(a.is_vanished, false) AS is_vanished
FROM fresh AS f
JOIN believed AS b USING (run_id, host)
JOIN met AS m USING (ref)
JOIN page AS p USING (ref)
LEFT JOIN away AS a USING (ref)
ORDER BY f.n
