-- In how many releases, as they read now, are they named?
MERGE INTO published.named_in AS held
USING named_changed AS n ON n.subject_no = held.subject_no
WHEN MATCHED AND held.releases + n.more = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET
    releases = held.releases + n.more,
    first_day = least(held.first_day, n.first_come),
    last_day = greatest(held.last_day, n.last_come)
WHEN NOT MATCHED THEN INSERT VALUES (n.subject_no, n.more, n.first_come, n.last_come);

-- Where the first or last day of somebody is gone, only the other releases tell which it is now.
CREATE OR REPLACE TEMP TABLE days_gone AS
SELECT subject_no
FROM published.named_in AS held
JOIN named_changed AS n USING (subject_no)
WHERE (n.first_gone = held.first_day AND n.first_come IS DISTINCT FROM held.first_day)
    OR (n.last_gone = held.last_day AND n.last_come IS DISTINCT FROM held.last_day);

UPDATE published.named_in AS held SET first_day = told.first_day, last_day = told.last_day
FROM (
    SELECT m.subject_no, min(r."day") AS first_day, max(r."day") AS last_day
    FROM (SELECT subject_no, reading_no FROM named.mentions WHERE is_first AND subject_no IN (FROM days_gone)) AS m
    JOIN kept.readings AS r ON r.reading_no = m.reading_no
    WHERE r.is_current
    GROUP BY m.subject_no
) AS told
WHERE told.subject_no = held.subject_no
