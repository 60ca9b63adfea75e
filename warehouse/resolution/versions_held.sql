-- How does each version of a release read, all but the body?
SELECT r.* EXCLUDE (body, batch_no, journal_at),
    r.body != '' AS body
FROM kept.readings AS r
WHERE r.release_id = $release_id
QUALIFY row_number() OVER (PARTITION BY r.version ORDER BY r.reading DESC) = 1
ORDER BY r.version
