-- Who is named in most releases, in which office?
SELECT name, office, releases, first_day, last_day, sure
FROM people
ORDER BY releases DESC, name, first_day
LIMIT 20;
