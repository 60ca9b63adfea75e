-- How many candidates of each run ended in which outcome? Runs that died count by what they had loaded.
CREATE VIEW outcomes_by_run AS
WITH counted AS (
    UNPIVOT (SELECT run_id, source, new, revised, unchanged, duplicate, quarantined, failed, skipped FROM kept.runs)
    ON new, revised, unchanged, duplicate, quarantined, failed, skipped INTO NAME outcome VALUE n
),
unfinished AS (
    SELECT b.run_id, b.source, c.key AS outcome, CAST(c.value AS BIGINT) AS n
    FROM kept.batches AS b, json_each(b.counts) AS c
    WHERE NOT EXISTS (SELECT 1 FROM kept.runs AS r WHERE r.run_id = b.run_id AND r.source = b.source)
)
SELECT
    run_id,
    source,
    outcome, -- new, revised, unchanged, duplicate, quarantined, failed or skipped
    CAST(sum(n) AS BIGINT) AS n -- candidates
FROM (FROM counted UNION ALL FROM unfinished)
GROUP BY run_id, source, outcome
ORDER BY run_id DESC, source, outcome;
