-- What is wrong with which source?
SELECT source, cause, reason, observed_at, count(*) OVER () AS of_all
FROM alarms_open
ORDER BY observed_at DESC, source, cause
LIMIT $most
