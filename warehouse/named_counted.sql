-- In how many releases, as they read now, are the touched subjects named?
INSERT INTO published.named_in
WITH theirs AS MATERIALIZED (
    SELECT subject_no, reading_no FROM named.mentions WHERE is_first AND subject_no IN (FROM touched_subjects)
)
SELECT m.subject_no, count(*), min(r."day"), max(r."day")
FROM theirs AS m
JOIN kept.readings AS r ON r.reading_no = m.reading_no
WHERE r.is_current
GROUP BY m.subject_no
