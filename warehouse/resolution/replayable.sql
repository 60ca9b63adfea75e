-- What lies in quarantine with its bytes preserved, and where are they?
WITH last_state AS (
    SELECT ref, name, item, quarantine_id, outcome, input_sha256
    FROM kept.outcomes
    WHERE source = $source
    QUALIFY row_number() OVER (PARTITION BY ref, item ORDER BY batch_no DESC, rowid DESC) = 1
)
SELECT DISTINCT ON (s.ref) s.ref, s.name, s.quarantine_id, c.raw_path, c.raw_offset
FROM last_state AS s
JOIN kept.captures AS c USING (input_sha256)
WHERE s.outcome = 'quarantined'
ORDER BY s.ref
