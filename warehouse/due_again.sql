-- Which pages of this source, once read, are due to be asked again, which wait for another try, which stands on each host?
WITH met AS (
    SELECT ref, arg_max(release_id, batch_no) AS release_id, arg_max(name, batch_no) AS name,
        min(observed_at) AS first_seen_at
    FROM kept.outcomes
    WHERE source = $source AND item = 0 AND outcome IN ('new', 'revised')
    GROUP BY ref
),
page AS (
    SELECT c.ref, arg_max(c.url, c.batch_no) AS url
    FROM kept.captures AS c
    SEMI JOIN met USING (ref)
    WHERE c.source = $source AND c.status IS NOT NULL AND c.url IS NOT NULL
    GROUP BY c.ref
),
dated AS (
    SELECT r.release_id,
        arg_max(coalesce(r.published_on, r.address_on, CAST(r.listed_at AS DATE)), r.reading_no) AS issued_on
    FROM kept.readings AS r
    SEMI JOIN met USING (release_id)
    GROUP BY r.release_id
),
told AS (
    SELECT ref, answer, asked_at, row_number() OVER (PARTITION BY ref ORDER BY batch_no, rowid) AS n
    FROM kept.visits
    WHERE source = $source
),
last_told AS (
    SELECT ref, max(asked_at) AS asked_at, arg_max(answer, n) AS answer,
        coalesce(max(n) FILTER (answer IN ('same', 'changed')), 0) AS there,
        coalesce(max(n) FILTER (answer != 'failed'), 0) AS clear
    FROM told
    GROUP BY ref
),
streaks AS (
    SELECT t.ref,
        min(t.asked_at) FILTER (t.answer = 'absent' AND t.n > l.there) AS absent_since,
        min(t.asked_at) FILTER (t.n > l.clear) AS failing_since
    FROM told AS t
    JOIN last_told AS l USING (ref)
    GROUP BY t.ref
),
listing AS (
    SELECT ref, arg_max(state, batch_no) AS state, arg_max(how, batch_no) AS how, max(observed_at) AS observed_at
    FROM kept.candidates_seen
    WHERE source = $source
    GROUP BY ref
),
known AS (
    SELECT m.ref, m.name, p.url, lower(regexp_extract(p.url, '^\w+://([^/?#]+)', 1)) AS host,
        coalesce(l.answer, 'same') AS answer,
        coalesce(l.asked_at, m.first_seen_at) AS asked_at,
        CASE coalesce(l.answer, 'same')
            WHEN 'absent' THEN s.absent_since
            WHEN 'failed' THEN s.failing_since
            -- What was found long after it was issued is past the age at which releases are edited.
            ELSE if(d.issued_on < CAST(m.first_seen_at AS DATE) - 3, CAST(d.issued_on AS TIMESTAMPTZ), m.first_seen_at)
        END AS since,
        if(l.answer = 'absent', CAST($absent AS BIGINT[]), CAST($present AS BIGINT[])) AS steps,
        if(i.observed_at > coalesce(l.asked_at, m.first_seen_at), CASE
            WHEN l.answer = 'absent' AND i.state = 'returned' THEN 'listed again'
            WHEN l.answer IS DISTINCT FROM 'absent' AND i.state = 'left' AND i.how = 'middle' THEN 'left its list'
        END, NULL) AS hint,
        i.observed_at AS hinted_at
    FROM met AS m
    JOIN page AS p USING (ref)
    LEFT JOIN dated AS d USING (release_id)
    LEFT JOIN last_told AS l USING (ref)
    LEFT JOIN streaks AS s USING (ref)
    LEFT JOIN listing AS i USING (ref)
),
aged AS (
    SELECT *, epoch(CAST($now AS TIMESTAMPTZ)) - epoch(since) AS age,
        list_max(list_filter(steps, step -> step <= age)) AS step,
        CAST(floor(age / $year) AS BIGINT) AS years,
        if(years > 0 AND (CAST('0x' || substr(sha256(ref), 1, 6) AS BIGINT) + years) % $sample = 0, years * $year, NULL)
            AS sample
    FROM known
),
timed AS (
    SELECT *, coalesce(hinted, since + to_seconds(greatest(step, sample))) AS due_at
    FROM (SELECT *, if(hint IS NULL, NULL, hinted_at) AS hinted FROM aged)
),
ranked AS (
    SELECT *, due_at > asked_at AND due_at <= CAST($now AS TIMESTAMPTZ) AS is_due,
        CASE WHEN hint IS NOT NULL OR (answer != 'absent' AND age <= $young) THEN 0 WHEN answer = 'absent' THEN 1 ELSE 2 END
            AS urgency,
        row_number() OVER (PARTITION BY host, coalesce(is_due, false) ORDER BY urgency, due_at, ref) AS place,
        row_number() OVER (
            PARTITION BY host, answer IN ('same', 'changed') AND NOT coalesce(is_due, false)
            ORDER BY asked_at DESC, ref) AS freshest
    FROM timed
)
SELECT ref, name, url, host, answer,
    CASE WHEN is_due AND place <= $budget THEN coalesce(hint, if(step >= sample IS NOT false, CAST(step AS VARCHAR), 'sample')) END
        AS step,
    answer IN ('same', 'changed') AND NOT coalesce(is_due, false) AND freshest = 1 AS is_there
FROM ranked
WHERE (is_due AND place <= $budget) OR answer IN ('absent', 'failed') OR is_there
ORDER BY urgency, due_at, ref
