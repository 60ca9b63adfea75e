-- Who is named in releases, in which office, how often and when?
CREATE VIEW people AS
WITH seen AS (
    SELECT
        m.subject_no,
        count(*) AS releases,
        min(r."day") AS first_day,
        max(r."day") AS last_day
    FROM named.mentions AS m
    JOIN kept.readings AS r ON r.reading_no = m.reading_no
    WHERE m.is_first AND m.kind = 'person' AND r.is_current
    GROUP BY m.subject_no
)
SELECT
    arg_max(p.name, seen.releases * 4294967296 + seen.subject_no) AS name, -- as most releases print it; of two as often, the later
    arg_max(p.role, seen.releases * 4294967296 + seen.subject_no) AS office, -- likewise
    sum(seen.releases)::BIGINT AS releases, -- releases that name the person
    min(seen.first_day) AS first_day, -- day of the first of them
    max(seen.last_day) AS last_day, -- day of the newest
    list_sort(list(DISTINCT p.role) FILTER (p.role IS NOT NULL)) AS offices, -- every way the office is printed
    min(p.sure) AS sure, -- how sure it is that all are one person, 0 to 1
    p.person -- name and office, as they are compared
FROM seen
JOIN people_resolved AS p ON p.subject_no = seen.subject_no
GROUP BY p.person
ORDER BY releases DESC, p.person;
