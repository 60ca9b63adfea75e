-- Which releases went from where they stood: since when, on what evidence, and did they come back?
CREATE VIEW vanished AS
WITH told AS (
    SELECT *, count(*) FILTER (state = 'returned') OVER (
        PARTITION BY source, ref ORDER BY batch_no, rowid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS nth
    FROM kept.absences
),
answers AS (
    SELECT b.run_id, c.source, c.ref, arg_max({
        'status': c.status, 'captured_at': c.captured_at, 'raw_path': c.raw_path, 'raw_offset': c.raw_offset
    }, c.batch_no) AS answer
    FROM kept.captures AS c
    JOIN kept.batches AS b USING (batch_no)
    WHERE starts_with(c.ref, 'answer:')
    GROUP BY b.run_id, c.source, c.ref
),
gone AS (
    SELECT t.source, t.ref, t.nth, arg_max(t.release_id, t.batch_no) AS release_id, arg_max(t.url, t.batch_no) AS url,
        min(t.observed_at) FILTER (t.state != 'returned') AS first_absent_at,
        min(t.observed_at) FILTER (t.state = 'vanished') AS confirmed_at,
        max(t.observed_at) FILTER (t.state = 'returned') AS returned_at,
        list({
            'observed_at': t.observed_at, 'reason': t.reason, 'status': a.answer.status,
            'raw_path': a.answer.raw_path, 'raw_offset': a.answer.raw_offset
        } ORDER BY t.batch_no) FILTER (t.state != 'returned') AS evidence
    FROM told AS t
    LEFT JOIN answers AS a ON a.run_id = t.run_id AND a.source = t.source AND a.ref = 'answer:' || t.ref
    GROUP BY t.source, t.ref, t.nth
    HAVING confirmed_at IS NOT NULL
),
alike AS (
    SELECT release_id, release_id AS same FROM gone
    UNION
    SELECT g.release_id, unnest([r.release_a, r.release_b])
    FROM gone AS g
    JOIN relations AS r ON r.kind = 'same_as' AND g.release_id IN (r.release_a, r.release_b)
),
elsewhere AS (
    SELECT alike.release_id, list(DISTINCT o.ref ORDER BY o.ref) AS refs
    FROM (
        SELECT source, ref, arg_max(release_id, batch_no) AS release_id
        FROM kept.outcomes
        WHERE starts_with(ref, 'http')
            AND ref IN (SELECT ref FROM kept.outcomes WHERE release_id IN (SELECT same FROM alike))
        GROUP BY source, ref
    ) AS o
    ANTI JOIN (
        SELECT source, ref FROM kept.absences GROUP BY source, ref HAVING arg_max(state, batch_no) != 'returned'
    ) AS absent USING (source, ref)
    JOIN alike ON alike.same = o.release_id
    GROUP BY alike.release_id
),
seen AS (
    SELECT source, ref, asked_at AS at FROM kept.visits WHERE answer IN ('same', 'changed')
    UNION ALL
    SELECT source, ref, captured_at FROM kept.captures
)
SELECT g.release_id, r.publisher, g.url, r.title,
    (SELECT max(s.at) FROM seen AS s WHERE s.source = g.source AND s.ref = g.ref AND s.at <= g.first_absent_at)
        AS last_seen_at, -- when the page was last seen to stand there
    g.first_absent_at, -- when it was first found to be gone
    g.confirmed_at, -- when the third absence confirmed that, 48 hours later or more
    g.returned_at, -- when it stood there again; null while it is gone
    list_filter(coalesce(e.refs, []), lambda ref: ref != g.ref) AS still_at, -- other addresses at which the same release was met, or one that is proven to be the same, and is not known to be gone
    g.evidence, -- each absence: when, what the server said, and where its answer lies below raw/
    g.source, g.ref
FROM gone AS g
JOIN versions AS r ON r.release_id = g.release_id AND r.is_current
LEFT JOIN elsewhere AS e ON e.release_id = g.release_id
ORDER BY g.confirmed_at DESC, g.url;
