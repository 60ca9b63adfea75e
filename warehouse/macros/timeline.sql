-- In how many releases of each week do the words stand, and how often?
CREATE MACRO timeline(words) AS TABLE
WITH found AS (
    SELECT "day", publisher, lower(title || e'\n' || body) AS told
    FROM versions
    WHERE is_current AND twin_since IS NULL AND words != ''
        AND reading_no IN (FROM may_have(words))
        AND contains(lower(title || e'\n' || body), lower(words))
)
SELECT
    CAST(date_trunc('week', "day") AS DATE) AS week, -- Monday of the week
    count(*) AS releases, -- releases of that week that have the words
    CAST(sum((length(told) - length(replace(told, lower(words), ''))) / length(words)) AS BIGINT) AS mentions, -- times they stand there
    count(DISTINCT publisher) AS publishers -- how many bodies issued them
FROM found
GROUP BY week
ORDER BY week;
