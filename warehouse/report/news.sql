-- What was issued in the period, the newest first?
SELECT
    day, day_basis, publisher, title, language, office, url, release_id, version,
    count(*) OVER () AS of_all
FROM releases
WHERE day >= $since AND day < $until
    AND $of_publisher
ORDER BY day DESC, published_at DESC NULLS LAST, publisher, release_id
LIMIT $most
