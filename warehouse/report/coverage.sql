-- How many releases does the archive hold of each source and day?
WITH counted AS (
    SELECT source, CAST(date_trunc($step, day) AS DATE) AS starts, count(*) AS releases
    FROM releases
    WHERE day >= $since AND day < $until
        AND $of_publisher
    GROUP BY ALL
),
known AS (
    SELECT source FROM runs_recent
    UNION
    SELECT source FROM releases WHERE true
        AND $of_publisher
)
SELECT
    source,
    coalesce(CAST(sum(releases) AS BIGINT), 0) AS releases,
    list({'starts': starts, 'releases': releases} ORDER BY starts) FILTER (starts IS NOT NULL) AS columns,
    count(*) OVER () AS of_all
FROM known
LEFT JOIN counted USING (source)
GROUP BY source
ORDER BY releases DESC, source
LIMIT $most
