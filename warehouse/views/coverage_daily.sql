-- How many releases does the archive hold for each publisher and day, and how sure is the day?
CREATE VIEW coverage_daily AS
SELECT publisher, day, day_basis,
    count(*) AS releases, -- releases that count for this day
    count(*) FILTER (version > 1) AS edited, -- of these, with more than one version
    min(first_seen_at) AS first_seen_at -- when the first of them was seen
FROM releases
GROUP BY publisher, day, day_basis
ORDER BY day DESC, publisher, day_basis;
