-- How long after the time it states was a release of each publisher first seen?
CREATE VIEW delays AS
SELECT publisher, source,
    count(*) AS releases, -- releases that state an instant of issue
    quantile_cont(epoch(first_seen_at - published_at) / 3600, 0.5) AS median_hours, -- hours from the stated instant to our first sight of it
    quantile_cont(epoch(first_seen_at - published_at) / 3600, 0.95) AS slowest_hours, -- the same for the slowest in twenty
    count_if(first_seen_at < published_at) AS seen_before -- seen before the instant they state
FROM releases
WHERE published_at IS NOT NULL AND published_basis = 'stated'
GROUP BY publisher, source
ORDER BY publisher, source;
