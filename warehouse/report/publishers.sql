-- Which publishers issued most, in which languages, and when?
WITH counted AS (
    SELECT
        publisher, language, CAST(date_trunc($step, day) AS DATE) AS starts, CAST(sum(releases) AS BIGINT) AS n
    FROM volume_daily
    WHERE day >= $since AND day < $until
        AND $of_publisher
    GROUP BY ALL
)
SELECT
    publisher,
    CAST(sum(n) AS BIGINT) AS releases,
    list_sort(list(DISTINCT language)) AS languages,
    list({'starts': starts, 'releases': n} ORDER BY starts, language) AS columns,
    count(*) OVER () AS of_all
FROM counted
GROUP BY publisher
ORDER BY releases DESC, publisher
LIMIT $most
