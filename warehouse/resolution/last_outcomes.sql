-- What was the last state of each wanted candidate of a source?
SELECT o.ref, o.item, o.outcome, o.reason, o.release_id, o.version, o.input_sha256, o.quarantine_id
FROM kept.outcomes AS o
SEMI JOIN wanted_refs AS w USING (ref)
WHERE o.source = $source
QUALIFY row_number() OVER (PARTITION BY o.ref, o.item ORDER BY o.batch_no DESC, o.rowid DESC) = 1
