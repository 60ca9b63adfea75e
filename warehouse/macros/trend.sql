-- What share of the releases of each week has a phrase, and what share was usual in the eight weeks before?
CREATE MACRO trend(phrase) AS TABLE
WITH found AS (
    SELECT CAST(date_trunc('week', "day") AS DATE) AS week, count(*) AS mentioning
    FROM versions
    WHERE is_current AND twin_since IS NULL AND phrase != ''
        AND reading_no IN (FROM may_have(phrase))
        AND published.place_in(title || e'\n' || body, phrase) > 0
    GROUP BY week
),
issued AS (
    SELECT CAST(date_trunc('week', "day") AS DATE) AS week, count(*) AS issued
    FROM releases
    GROUP BY week
),
weeks AS (
    SELECT i.week, i.issued, coalesce(f.mentioning, 0) AS mentioning
    FROM issued AS i
    LEFT JOIN found AS f ON f.week IS NOT DISTINCT FROM i.week
)
SELECT
    week, -- Monday of the week
    issued, -- releases of that week
    mentioning, -- of these, with the phrase
    round(mentioning / issued, 4) AS share, -- 0 to 1
    round(sum(mentioning) OVER before / sum(issued) OVER before, 4) AS usual -- the same over the eight weeks with releases before it
FROM weeks
WINDOW before AS (ORDER BY week ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING)
ORDER BY week;
