-- What did each wanted input lead to? The outcome that made or met a release, else the first.
SELECT o.input_sha256, o.item, o.outcome, o.reason, o.release_id, o.version, o.rendition, o.name, o.quarantine_id,
    q.stage, q.parser
FROM kept.outcomes AS o
SEMI JOIN wanted_inputs AS w USING (input_sha256)
LEFT JOIN kept.quarantine AS q ON q.quarantine_id = o.quarantine_id
QUALIFY row_number() OVER (
    PARTITION BY o.input_sha256, o.item ORDER BY o.release_id IS NULL, o.batch_no, o.rowid) = 1
