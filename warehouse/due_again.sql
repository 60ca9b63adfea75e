-- Which pages of this source, once read, are due to be asked again, which wait for another try, which stands on each host?
-- Answers are counted as 0 (there), 1 (absent), 2 (failed); states stay small, for a source may have a million pages.
-- A page that repeats a release is left to the page where that was met first, until it has vanished from there.
WITH gone AS (
    SELECT release_id, ref FROM kept.absences
    QUALIFY row_number() OVER (PARTITION BY source, ref ORDER BY batch_no DESC, rowid DESC) = 1 AND state = 'vanished'
),
met AS (
    SELECT o.ref, min(o.observed_at) AS first_seen_at
    FROM kept.outcomes AS o
    LEFT JOIN gone AS g ON o.outcome IN ('duplicate', 'unchanged') AND g.release_id = o.release_id AND g.ref != o.ref
    WHERE o.source = $source AND o.item = 0 AND (o.outcome IN ('new', 'revised') OR g.ref IS NOT NULL)
    GROUP BY o.ref
),
told AS (
    SELECT ref, max(asked_at) AS asked_at,
        arg_max(CASE answer WHEN 'absent' THEN 1 WHEN 'failed' THEN 2 ELSE 0 END, batch_no) AS answer
    FROM kept.visits
    WHERE source = $source
    GROUP BY ref
),
away AS (
    SELECT v.ref, v.answer, v.asked_at, v.batch_no
    FROM kept.visits AS v
    SEMI JOIN (FROM told WHERE answer > 0) AS t USING (ref)
    WHERE v.source = $source
),
turns AS (
    SELECT ref,
        coalesce(max(batch_no) FILTER (answer IN ('same', 'changed')), 0) AS there,
        coalesce(max(batch_no) FILTER (answer != 'failed'), 0) AS clear
    FROM away
    GROUP BY ref
),
streaks AS (
    SELECT a.ref,
        min(a.asked_at) FILTER (a.answer = 'absent' AND a.batch_no > t.there) AS absent_since,
        min(a.asked_at) FILTER (a.batch_no > t.clear) AS failing_since
    FROM away AS a
    JOIN turns AS t USING (ref)
    GROUP BY a.ref
),
moved AS (
    SELECT ref, max(observed_at) FILTER (state = 'returned') AS returned_at,
        max(observed_at) FILTER (state = 'left') AS left_at
    FROM kept.candidates_seen
    WHERE source = $source AND (state = 'returned' OR (state = 'left' AND how = 'middle'))
    GROUP BY ref
),
known AS (
    SELECT m.ref, m.first_seen_at, coalesce(t.answer, 0) AS answer, coalesce(t.asked_at, m.first_seen_at) AS asked_at,
        coalesce(if(t.answer = 1, s.absent_since, s.failing_since), m.first_seen_at) AS since,
        if(t.answer = 1, CAST($absent AS BIGINT[]), CAST($present AS BIGINT[])) AS steps,
        if(coalesce(t.answer, 0) = 1, i.returned_at, i.left_at) AS moved_at
    FROM met AS m
    LEFT JOIN told AS t USING (ref)
    LEFT JOIN streaks AS s USING (ref)
    LEFT JOIN moved AS i USING (ref)
),
aged AS (
    SELECT ref, first_seen_at, answer, asked_at, since, if(moved_at > asked_at, moved_at, NULL) AS hinted_at,
        epoch(CAST($now AS TIMESTAMPTZ)) - epoch(since) AS age,
        list_max(list_filter(steps, step -> step <= age)) AS step,
        CAST(floor(age / $year) AS BIGINT) AS years,
        if(years > 0 AND (CAST('0x' || substr(sha256(ref), 1, 6) AS BIGINT) + years) % $sample = 0, years * $year, NULL)
            AS sampled
    FROM known
),
timed AS (
    SELECT ref, first_seen_at, answer, asked_at, hinted_at, step, sampled,
        coalesce(hinted_at, since + to_seconds(greatest(step, sampled))) AS due_at,
        coalesce(due_at > asked_at AND due_at <= CAST($now AS TIMESTAMPTZ), false) AS is_due,
        CASE WHEN hinted_at IS NOT NULL OR (answer != 1 AND age <= $young) THEN 0 WHEN answer = 1 THEN 1 ELSE 2 END
            AS urgency
    FROM aged
),
late AS (
    SELECT DISTINCT t.ref
    FROM timed AS t
    JOIN kept.outcomes AS o ON o.ref = t.ref AND o.source = $source AND o.outcome = 'new'
    JOIN kept.readings AS r ON r.release_id = o.release_id
    WHERE t.is_due AND t.answer = 0 AND t.hinted_at IS NULL AND coalesce(t.sampled, t.step) <= $young
        AND coalesce(r.published_on, r.address_on, CAST(r.listed_at AS DATE)) < CAST(t.first_seen_at AS DATE) - 3
),
chosen AS (
    (FROM timed ANTI JOIN late USING (ref) WHERE is_due ORDER BY urgency, due_at, ref LIMIT $most)
    UNION ALL
    (FROM timed WHERE NOT is_due AND answer = 0 ORDER BY asked_at DESC, ref LIMIT 32)
    UNION ALL
    (FROM timed WHERE NOT is_due AND answer > 0)
),
named AS (
    SELECT o.ref, arg_max(o.name, o.batch_no) AS name
    FROM kept.outcomes AS o
    SEMI JOIN chosen USING (ref)
    WHERE o.source = $source AND o.item = 0
    GROUP BY o.ref
),
page AS (
    SELECT c.ref, arg_max(c.url, c.batch_no) AS url
    FROM kept.captures AS c
    SEMI JOIN chosen USING (ref)
    WHERE c.source = $source AND c.status IS NOT NULL AND c.url IS NOT NULL
    GROUP BY c.ref
),
ranked AS (
    SELECT c.*, n.name, coalesce(p.url, c.ref) AS url,
        lower(regexp_extract(coalesce(p.url, c.ref), '^\w+://([^/?#]+)', 1)) AS host,
        row_number() OVER (PARTITION BY host, is_due, answer = 0 OR is_due ORDER BY
            if(is_due, urgency, 0), if(is_due, due_at, NULL), asked_at DESC, c.ref) AS place
    FROM chosen AS c
    JOIN named AS n USING (ref)
    LEFT JOIN page AS p USING (ref)
    WHERE p.url IS NOT NULL OR starts_with(c.ref, 'http')  -- bytes that lay in the vault already made no capture of it
)
SELECT ref, name, url, host, ['same', 'absent', 'failed'][answer + 1] AS answer,
    CASE WHEN NOT is_due OR place > $budget THEN NULL
        WHEN hinted_at IS NOT NULL THEN if(answer = 1, 'listed again', 'left its list')
        WHEN sampled IS NOT NULL THEN 'sample'
        ELSE CAST(step AS VARCHAR) END AS step,
    NOT is_due AND answer = 0 AS is_there
FROM ranked
WHERE answer > 0 OR (is_due AND place <= $budget) OR (NOT is_due AND place = 1)
ORDER BY urgency, due_at, ref
