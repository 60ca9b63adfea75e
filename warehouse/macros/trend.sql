-- What share of the releases of each week has a phrase, and what share was usual in the eight weeks before?
CREATE MACRO trend(phrase) AS TABLE
WITH told AS (
    SELECT CAST(date_trunc('week', "day") AS DATE) AS week,
        contains(lower(title || e'\n' || body), lower(phrase)) AND phrase != '' AS has_it
    FROM releases
),
weeks AS (
    SELECT week, count(*) AS issued, count_if(has_it) AS mentioning
    FROM told
    GROUP BY week
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
