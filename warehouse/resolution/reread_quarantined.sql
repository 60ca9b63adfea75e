-- Which items of the wanted inputs lie in quarantine?
SELECT o.input_sha256, o.item, o.outcome
FROM kept.outcomes AS o
SEMI JOIN wanted_inputs AS w USING (input_sha256)
QUALIFY row_number() OVER (PARTITION BY o.source, o.ref, o.item ORDER BY o.batch_no DESC, o.rowid DESC) = 1
