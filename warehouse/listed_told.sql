-- Which sources list the touched releases, as these read now? No outcome of theirs is older than their first reading.
INSERT INTO published.listed_in
WITH listed AS (
    SELECT DISTINCT source, release_id
    FROM kept.outcomes
    WHERE batch_no >= $since AND release_id IN (SELECT release_id FROM touched)
)
SELECT r.reading_no, o.source, r.release_id, r.publisher, r."day", coalesce(r.native_id, r.url),
    CASE WHEN r.url LIKE 'http%' THEN published.shape_of(published.bare_of(r.url)) END,
    row_number() OVER (PARTITION BY r.release_id ORDER BY o.source) = 1
FROM kept.readings AS r
JOIN listed AS o ON o.release_id = r.release_id
WHERE r.reading_no IN (SELECT reading_no FROM touched) AND r.is_current AND r.twin_since IS NULL AND r.day_basis != 'first seen'
