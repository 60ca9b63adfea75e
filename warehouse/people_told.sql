-- What is said of the people of the touched names?
INSERT INTO published.people
SELECT
    arg_max(s.name, seen.releases * 4294967296 + seen.subject_no),
    arg_max(s.role, seen.releases * 4294967296 + seen.subject_no),
    sum(seen.releases)::BIGINT,
    min(seen.first_day),
    max(seen.last_day),
    list_sort(list(DISTINCT s.role) FILTER (s.role IS NOT NULL)),
    min(r.sure),
    r.person,
    r.name_key
FROM published.resolved AS r
JOIN named.subjects AS s ON s.subject_no = r.subject_no
JOIN published.named_in AS seen ON seen.subject_no = r.subject_no
WHERE r.name_key IN (FROM touched_names)
GROUP BY r.name_key, r.person
