-- What does the archive lack of the period, and how do we know?
SELECT source, kind, since, until, url, reason, count(*) OVER () AS of_all
FROM gaps
WHERE (since IS NULL OR since < $until) AND (until IS NULL OR until > $since)
ORDER BY since DESC NULLS LAST, source, kind, url
LIMIT $most
