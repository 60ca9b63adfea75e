-- Which of the touched names in which offices are one person? No other name bears on it.
INSERT INTO published.resolved
WITH told AS (
    SELECT DISTINCT name_key, role_key FROM named.subjects WHERE kind = 'person' AND name_key IN (FROM touched_names)
),
-- An office within a longer one of the same name is that one, where the longer ones do not contradict each other.
fuller AS (
    SELECT
        short.name_key,
        short.role_key,
        arg_max(long.role_key, length(long.role_key)) AS longest,
        list(long.role_key) AS every
    FROM told AS short
    JOIN told AS long
        ON long.name_key = short.name_key AND length(long.role_key) > length(short.role_key)
        AND contains(long.role_key, short.role_key)
    GROUP BY ALL
),
offices AS (
    SELECT
        t.name_key,
        t.role_key,
        CASE WHEN len(list_filter(f.every, lambda one: NOT contains(f.longest, one))) = 0 THEN f.longest ELSE t.role_key END AS office_key
    FROM told AS t
    LEFT JOIN fuller AS f ON f.name_key = t.name_key AND f.role_key = t.role_key
    WHERE t.role_key IS NOT NULL
),
sole AS (
    SELECT name_key, any_value(office_key) AS office_key FROM offices GROUP BY name_key
    HAVING count(DISTINCT office_key) = 1
)
SELECT
    s.subject_no,
    s.name_key,
    s.name_key || coalesce(', ' || coalesce(o.office_key, alone.office_key), '') AS person,
    CASE
        WHEN o.office_key = s.role_key THEN 0.95
        WHEN o.office_key IS NOT NULL THEN 0.85
        WHEN alone.office_key IS NOT NULL THEN 0.7
        ELSE 0.5
    END AS sure,
    CASE
        WHEN o.office_key = s.role_key THEN 'name and office'
        WHEN o.office_key IS NOT NULL THEN 'name, office in short'
        WHEN alone.office_key IS NOT NULL THEN 'name, of whom one office is known'
        ELSE 'name alone'
    END AS resolved_by
FROM named.subjects AS s
LEFT JOIN offices AS o ON o.name_key = s.name_key AND o.role_key = s.role_key
LEFT JOIN sole AS alone ON alone.name_key = s.name_key AND s.role_key IS NULL
WHERE s.kind = 'person' AND s.name_key IN (FROM touched_names)

