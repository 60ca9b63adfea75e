-- In how many releases, as they read now, are the touched subjects named?
INSERT INTO published.named_in
SELECT m.subject_no, count(*), min(r."day"), max(r."day")
FROM kept.readings AS r
JOIN named.mentions AS m ON m.reading_no = r.reading_no
WHERE r.is_current AND m.is_first AND m.subject_no IN (FROM touched_subjects)
GROUP BY m.subject_no
