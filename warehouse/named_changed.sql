-- Who came to be named after a batch, and who is no longer, in releases as they read now? An edit takes away what the
-- reading before it named, and brings what its own names. No reading that matters is older than $first.
CREATE OR REPLACE TEMP TABLE named_changed AS
SELECT
    subject_no,
    sum(times)::BIGINT AS more,
    min("day") FILTER (times > 0) AS first_come,
    max("day") FILTER (times > 0) AS last_come,
    min("day") FILTER (times < 0) AS first_gone,
    max("day") FILTER (times < 0) AS last_gone
FROM (
    SELECT m.subject_no, 1 AS times, r."day"
    FROM named.mentions AS m
    JOIN kept.readings AS r ON r.reading_no = m.reading_no
    WHERE m.is_first AND m.batch_no > $after AND r.is_current AND r.reading_no >= $first
    UNION ALL
    SELECT m.subject_no, -1, r."day"
    FROM named.mentions AS m
    JOIN kept.readings AS r ON r.reading_no = m.reading_no
    WHERE m.is_first AND m.batch_no <= $after AND NOT r.is_current AND r.reading_no >= $first
        AND m.reading_no IN (SELECT reading_no FROM touched WHERE was_current)
)
GROUP BY subject_no
