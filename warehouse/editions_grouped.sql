-- The groups of those releases as they are now. Of a release that is proven to be an elder one, that one counts.
DELETE FROM published.edition_groups WHERE first_reading IN (SELECT first_reading FROM regrouped);

INSERT INTO published.edition_groups
SELECT m.first_reading, m.eldest, one.release_id, eldest.release_id,
    count(*) FILTER (WHERE one.release_id NOT IN (SELECT release_id FROM kept.readings WHERE twin_since IS NOT NULL))
        OVER (PARTITION BY m.eldest)
FROM eldest_met AS m
JOIN regrouped AS one ON one.first_reading = m.first_reading
JOIN regrouped AS eldest ON eldest.first_reading = m.eldest
ORDER BY m.first_reading
