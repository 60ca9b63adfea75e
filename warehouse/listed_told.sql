-- Which sources list the touched releases?
INSERT INTO published.listed_in
WITH listed AS (
    SELECT DISTINCT source, release_id FROM kept.outcomes WHERE release_id IN (FROM touched_releases)
)
SELECT o.source, r.release_id, r.publisher, r."day", coalesce(r.native_id, r.url),
    CASE WHEN r.url LIKE 'http%' THEN published.shape_of(published.bare_of(r.url)) END,
    row_number() OVER (PARTITION BY r.release_id ORDER BY o.source) = 1
FROM kept.readings AS r
JOIN listed AS o ON o.release_id = r.release_id
WHERE r.reading_no IN (FROM touched_readings) AND r.day_basis != 'first seen'
