-- Keeps the abbreviations found that are not known yet.
INSERT INTO named.abbreviations BY NAME
SELECT (SELECT max(batch_no) FROM kept.batches) AS batch_no, subject_no, short FROM found_short
ANTI JOIN named.abbreviations USING (subject_no, short)
