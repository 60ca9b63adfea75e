-- How much was asked of which host in the period?
SELECT
    host,
    CAST(sum(requests) AS BIGINT) AS requests,
    CAST(sum(bytes) AS BIGINT) AS bytes,
    CAST(sum(not_modified) AS BIGINT) AS not_modified,
    CAST(sum(failed) AS BIGINT) AS failed,
    count(*) OVER () AS of_all
FROM courtesy
WHERE day >= $since AND day < $until
GROUP BY host
ORDER BY requests DESC, host
LIMIT $most
