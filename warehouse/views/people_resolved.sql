-- Which names in which offices are one person, and how sure is that?
CREATE VIEW people_resolved AS
SELECT
    s.subject_no, -- a name with an office, as one release or several give it
    s.name, -- as a release prints it in full
    s.role, -- the office as it prints it
    r.person, -- who is meant: name and office
    r.sure, -- how sure that is, 0 to 1
    r.resolved_by -- what it rests on
FROM published.resolved AS r
JOIN named.subjects AS s ON s.subject_no = r.subject_no;
