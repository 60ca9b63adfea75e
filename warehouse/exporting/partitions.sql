-- Into which publishers and years do the wanted rows fall?
SELECT publisher, year("day") AS "year", count(*) AS "rows"
FROM rows_wanted
GROUP BY ALL
ORDER BY ALL
