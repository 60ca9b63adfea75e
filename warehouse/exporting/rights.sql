-- Under which terms do the wanted rows stand, and how many releases of each publisher?
SELECT publisher, rights, count(DISTINCT release_id) AS releases
FROM rows_wanted
GROUP BY ALL
ORDER BY publisher, rights
