-- How many releases were issued in which language?
SELECT CAST(date_trunc($step, day) AS DATE) AS starts, language, CAST(sum(releases) AS BIGINT) AS releases
FROM volume_daily
WHERE day >= $since AND day < $until
    AND $of_publisher
GROUP BY ALL
ORDER BY starts, language
