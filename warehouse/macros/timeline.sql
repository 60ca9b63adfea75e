-- In how many releases of each week do the words stand, and how often?
CREATE MACRO timeline(words) AS TABLE
WITH found AS (
    SELECT "day", publisher, title || e'\n' || body AS told
    FROM versions
    WHERE is_current AND twin_since IS NULL AND words != ''
        AND reading_no IN (FROM may_have(words))
        AND published.place_in(title || e'\n' || body, words) > 0
)
SELECT
    CAST(date_trunc('week', "day") AS DATE) AS week, -- Monday of the week
    count(*) AS releases, -- releases of that week that have the words
    CAST(sum(published.times_in(told, words)) AS BIGINT) AS mentions, -- times they stand there
    count(DISTINCT publisher) AS publishers -- how many bodies issued them
FROM found
GROUP BY week
ORDER BY week;
