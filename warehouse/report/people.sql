-- Who is named most in releases of the period, and in which office?
SELECT
    first(name ORDER BY length(name) DESC, name) AS name,
    mode(language ORDER BY language) AS language,
    first(role ORDER BY length(role) DESC NULLS LAST, role) AS office,
    count(DISTINCT release_id) AS releases,
    count(DISTINCT publisher) AS publishers,
    min(sure) AS sure,
    count(*) OVER () AS of_all
FROM mentions
WHERE kind = 'person' AND day >= $since AND day < $until
    AND $of_publisher
GROUP BY coalesce(person, name)
ORDER BY releases DESC, coalesce(person, name)
LIMIT $most
