-- Who met whom, and what does the release say of it?
SET VARIABLE name = NULL; -- one of the two, as releases print it; NULL for all

SELECT day, publisher, name, office, with_name, with_office, sentence, release_id
FROM who_met_whom
WHERE getvariable('name') IS NULL OR CAST(getvariable('name') AS VARCHAR) IN (name, with_name)
ORDER BY day DESC, release_id, name, with_name;
