-- Who is named in what came after a batch, or in what that took the place of?
CREATE OR REPLACE TEMP TABLE touched_subjects AS
SELECT subject_no FROM named.mentions WHERE is_first AND batch_no > $after
UNION
SELECT subject_no
FROM named.mentions
WHERE is_first AND reading_no IN (
    SELECT reading_no
    FROM kept.readings
    WHERE release_id IN (SELECT release_id FROM kept.readings WHERE batch_no > $after)
)
UNION
SELECT subject_no FROM named.subjects WHERE batch_no > $after
