-- Who is named together with whom, in how many releases, and when last?
CREATE VIEW appears_with AS
WITH named_in AS (
    SELECT m.reading_no, r.release_id, r."day", p.person, p.name, p.role,
        (r."day" - DATE '1970-01-01') * 4294967296 + r.reading_no AS nth -- by day, then as they were loaded
    FROM named.mentions AS m
    JOIN kept.readings AS r ON r.reading_no = m.reading_no
    JOIN people_resolved AS p ON p.subject_no = m.subject_no
    WHERE m.is_first AND m.kind = 'person' AND r.is_current
)
SELECT
    arg_max(a.name, a.nth) AS name, -- the one
    arg_max(a.role, a.nth) FILTER (a.role IS NOT NULL) AS office, -- of the one, as the newest of these releases that gives it prints it
    arg_max(b.name, b.nth) AS with_name, -- the other
    arg_max(b.role, b.nth) FILTER (b.role IS NOT NULL) AS with_office, -- of the other, likewise
    count(*) AS releases, -- releases that name both
    min(a."day") AS first_day, -- day of the first of them
    max(a."day") AS last_day, -- day of the newest
    arg_max(a.release_id, a.nth) AS newest_release, -- the newest of them
    a.person, -- name and office of the one, as they are compared
    b.person AS with_person -- name and office of the other, as they are compared
FROM named_in AS a
JOIN named_in AS b ON b.reading_no = a.reading_no AND b.person != a.person
GROUP BY a.person, b.person
ORDER BY releases DESC, a.person, b.person;
