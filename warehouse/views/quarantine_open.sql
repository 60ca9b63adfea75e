-- What was put aside and still waits for a person or a better parser?
CREATE VIEW quarantine_open AS
WITH last_state AS (
    SELECT source, ref, item, quarantine_id, outcome, run_id, observed_at
    FROM kept.outcomes
    WHERE "ref" IN (SELECT "ref" FROM kept.outcomes WHERE quarantine_id IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY source, ref, item ORDER BY batch_no DESC, rowid DESC) = 1
)
SELECT DISTINCT ON (q.quarantine_id)
    q.quarantine_id, q.name, q.reason, q.stage, q.parser, q.source, q.ref, q.item, q.input_sha256,
    s.run_id, s.observed_at
FROM last_state AS s
JOIN kept.quarantine AS q USING (quarantine_id)
WHERE s.outcome = 'quarantined'
ORDER BY s.observed_at DESC, q.name;
