-- Who is named together with whom, and in how many releases?
SELECT name, office, with_name, with_office, releases, first_day, last_day
FROM appears_with
WHERE person < with_person -- each pair once
ORDER BY releases DESC, name, with_name, first_day;
