-- Which offices and bodies are named most in releases of the period?
SELECT
    name,
    mode(language ORDER BY language) AS language,
    mode(kind ORDER BY kind) AS kind,
    count(DISTINCT release_id) AS releases,
    count(DISTINCT publisher) AS publishers,
    count(*) OVER () AS of_all
FROM mentions
WHERE kind != 'person' AND day >= $since AND day < $until
    AND $of_publisher
GROUP BY name
ORDER BY releases DESC, name
LIMIT $most
