-- How many releases did each publisher issue on each day, by language and office?
CREATE VIEW volume_daily AS
SELECT "day", publisher, "language", office,
    count(*) AS releases -- releases that count for this day
FROM releases
GROUP BY "day", publisher, "language", office
ORDER BY "day" DESC, publisher, "language", office;
