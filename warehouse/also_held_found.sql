-- Keeps the offices found together that are not known yet.
INSERT INTO named.also_held BY NAME
SELECT (SELECT max(batch_no) FROM kept.batches) AS batch_no, subject_no, role, role_key FROM found_together
ANTI JOIN named.also_held USING (subject_no, role)
