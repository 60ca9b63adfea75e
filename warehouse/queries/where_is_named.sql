-- In which sentences is a person named?
SET VARIABLE name = (SELECT name FROM people LIMIT 1); -- as releases print it

SELECT day, publisher, surface, sentence, release_id
FROM mentions
WHERE kind = 'person' AND name = getvariable('name')
ORDER BY day, release_id, field DESC, start;
