-- Which sources list the releases that something came of after a batch?
INSERT INTO published.listed_in
SELECT o.source, r.release_id, r.publisher, r."day", coalesce(r.native_id, r.url),
    CASE WHEN r.url LIKE 'http%' THEN published.shape_of(published.bare_of(r.url)) END
FROM (SELECT DISTINCT source, release_id FROM kept.outcomes) AS o
JOIN kept.readings AS r ON r.release_id = o.release_id AND r.is_current AND r.twin_since IS NULL
WHERE r.day_basis != 'first seen' AND r.release_id IN (
    SELECT release_id FROM kept.readings WHERE batch_no > $after
    UNION ALL
    SELECT release_id FROM kept.outcomes WHERE batch_no > $after
    UNION ALL
    SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
)
