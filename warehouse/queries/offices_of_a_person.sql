-- In which offices was a person named, and from when to when?
SET VARIABLE name = (SELECT name FROM people GROUP BY name ORDER BY count(*) DESC, name LIMIT 1); -- as releases print it

SELECT name, role AS office, count(DISTINCT release_id) AS releases, min(day) AS first_day, max(day) AS last_day
FROM mentions
WHERE kind = 'person' AND name = getvariable('name')
GROUP BY name, role
ORDER BY first_day, office;
