-- Counts anew the releases that name the touched subjects.
MERGE INTO published.named_in AS held
USING (
    SELECT m.subject_no, count(r.reading_no) AS releases, min(r."day") AS first_day, max(r."day") AS last_day
    FROM named.mentions AS m
    LEFT JOIN kept.readings AS r ON r.reading_no = m.reading_no AND r.is_current
    WHERE m.is_first AND m.subject_no IN (FROM touched_subjects)
    GROUP BY m.subject_no
) AS told ON told.subject_no = held.subject_no
WHEN MATCHED AND told.releases = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET releases = told.releases, first_day = told.first_day, last_day = told.last_day
WHEN NOT MATCHED AND told.releases > 0 THEN INSERT VALUES (told.subject_no, told.releases, told.first_day, told.last_day)
