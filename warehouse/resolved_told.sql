-- Which of the touched names in which offices are one person? No other name bears on it.
INSERT INTO published.resolved
WITH RECURSIVE told AS (
    SELECT DISTINCT name_key, role_key FROM named.subjects WHERE kind = 'person' AND name_key IN (FROM touched_names)
),
-- An office within a longer one of the same name is that one, unless it is a deputy's: 主席 is not 副主席. So is one that
-- is written in short: 劳福局局长 is 劳工及福利局局长.
within AS (
    SELECT short.name_key, short.role_key, long.role_key AS longer
    FROM told AS short
    JOIN told AS long ON long.name_key = short.name_key AND length(long.role_key) > length(short.role_key)
    WHERE (
        contains(long.role_key, short.role_key)
        AND NOT regexp_matches(
            left(long.role_key, instr(long.role_key, short.role_key) - 1),
            '(副|助理|前|候任|(deputy|vice|under|assistant|permanent|private|parliamentary|shadow|former)[ -])$'
        )
    ) OR (
        length(short.role_key) > 4
        AND regexp_full_match(short.role_key, '[一-鿿]+')
        AND right(short.role_key, 3) = right(long.role_key, 3)
        AND contains(short.role_key, '副') = contains(long.role_key, '副')
        AND regexp_full_match(long.role_key, array_to_string(string_split(short.role_key, ''), '.*'))
    )
),
fuller AS (
    SELECT name_key, role_key, arg_max(longer, length(longer)) AS longest FROM within GROUP BY ALL
),
contradicted AS (
    SELECT DISTINCT f.name_key, f.role_key
    FROM fuller AS f
    JOIN within AS w ON w.name_key = f.name_key AND w.role_key = f.role_key AND w.longer != f.longest
    ANTI JOIN within AS x ON x.name_key = w.name_key AND x.role_key = w.longer AND x.longer = f.longest
),
in_full AS (
    SELECT t.name_key, t.role_key, CASE WHEN c.role_key IS NULL THEN coalesce(f.longest, t.role_key) ELSE t.role_key END AS office_key
    FROM told AS t
    LEFT JOIN fuller AS f ON f.name_key = t.name_key AND f.role_key = t.role_key
    LEFT JOIN contradicted AS c ON c.name_key = t.name_key AND c.role_key = t.role_key
    WHERE t.role_key IS NOT NULL
),
-- Two offices that one release gives one name are one person's, wherever either stands alone.
both_given AS (
    SELECT DISTINCT s.name_key, one.office_key AS one, other.office_key AS other
    FROM named.also_held AS h
    JOIN named.subjects AS s ON s.subject_no = h.subject_no
    JOIN in_full AS one ON one.name_key = s.name_key AND one.role_key = s.role_key
    JOIN in_full AS other ON other.name_key = s.name_key AND other.role_key = h.role_key
    WHERE one.office_key != other.office_key
),
reached AS (
    SELECT name_key, one AS first, one AS last FROM both_given
    UNION
    SELECT name_key, other, other FROM both_given
    UNION
    SELECT r.name_key, r.first, CASE WHEN b.one = r.last THEN b.other ELSE b.one END
    FROM reached AS r
    JOIN both_given AS b ON b.name_key = r.name_key AND r.last IN (b.one, b.other)
),
joined AS (
    SELECT name_key, first AS office_key, arg_max(last, (length(last), last)) AS foremost FROM reached GROUP BY ALL
),
offices AS (
    SELECT i.name_key, i.role_key, coalesce(j.foremost, i.office_key) AS office_key, j.foremost != i.office_key AS by_another
    FROM in_full AS i
    LEFT JOIN joined AS j ON j.name_key = i.name_key AND j.office_key = i.office_key
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
        WHEN o.by_another THEN 'name, two offices given in one release'
        WHEN o.office_key IS NOT NULL THEN 'name, office in short'
        WHEN alone.office_key IS NOT NULL THEN 'name, of whom one office is known'
        ELSE 'name alone'
    END AS resolved_by
FROM named.subjects AS s
LEFT JOIN offices AS o ON o.name_key = s.name_key AND o.role_key = s.role_key
LEFT JOIN sole AS alone ON alone.name_key = s.name_key AND s.role_key IS NULL
WHERE s.kind = 'person' AND s.name_key IN (FROM touched_names)
