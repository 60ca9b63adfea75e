-- What was the last state of each wanted candidate of a source, and as which release was it last known?
SELECT o.ref, o.item, o.outcome, o.reason, o.release_id, o.version, o.input_sha256, o.quarantine_id,
    last_value(o.release_id IGNORE NULLS) OVER whole AS known_as,
    last_value(CASE WHEN o.release_id IS NOT NULL THEN o.outcome END IGNORE NULLS) OVER whole AS known_by,
    last_value(CASE WHEN o.release_id IS NOT NULL THEN o.input_sha256 END IGNORE NULLS) OVER whole AS known_from,
    last_value(CASE WHEN o.release_id IS NOT NULL THEN o.version END IGNORE NULLS) OVER whole AS known_at
FROM kept.outcomes AS o
SEMI JOIN wanted_refs AS w USING (ref)
WHERE o.source = $source
WINDOW whole AS (
    PARTITION BY o.ref, o.item ORDER BY o.batch_no, o.rowid ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
QUALIFY row_number() OVER (PARTITION BY o.ref, o.item ORDER BY o.batch_no DESC, o.rowid DESC) = 1
