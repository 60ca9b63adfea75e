-- Up to when does the archive tell, and which is the newest day that it has releases of?
SELECT
    (SELECT max(run_at) FROM runs_recent) AS stands_at,
    max(day) AS newest_day
FROM releases
WHERE day <= (SELECT CAST(max(run_at) AT TIME ZONE $zone AS DATE) FROM runs_recent)
    AND $of_publisher
