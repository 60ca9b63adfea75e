-- On how many days did a source issue something, and what was its longest pause between them?
WITH days AS (
    SELECT DISTINCT coalesce(published_on, address_on, CAST(listed_at AS DATE)) AS day
    FROM kept.readings
    WHERE source = $source AND day <= $today
), lately AS (
    SELECT day FROM days ORDER BY day DESC LIMIT 100
), pauses AS (
    SELECT day, day - lag(day) OVER (ORDER BY day) AS pause FROM lately
)
SELECT count(*) AS days, coalesce(max(pause), 0) AS longest, CAST(max(day) AS VARCHAR) AS newest,
    CAST($today AS DATE) - max(day) AS since
FROM pauses;
