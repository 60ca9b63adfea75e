-- How many releases did each publisher issue on each of the last days?
SET VARIABLE days = 10; -- how many days, from the newest back

SELECT day, strftime(day, '%a') AS weekday, publisher, sum(releases)::BIGINT AS releases
FROM volume_daily
WHERE day > (SELECT max(day) FROM volume_daily) - CAST(getvariable('days') AS INTEGER)
GROUP BY day, publisher
ORDER BY day DESC, publisher;
