-- Who is named in what came after a batch, or in what that took the place of?
CREATE OR REPLACE TEMP TABLE touched_subjects AS
WITH touched_readings AS (
    SELECT reading_no
    FROM kept.readings
    WHERE release_id IN (SELECT release_id FROM kept.readings WHERE batch_no > $after)
)
SELECT subject_no
FROM named.mentions
WHERE is_first AND (batch_no > $after OR reading_no IN (FROM touched_readings))
UNION
SELECT subject_no FROM named.subjects WHERE batch_no > $after
