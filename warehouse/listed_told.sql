-- The touched releases as they read now, with every source that lists them.
INSERT INTO published.listed_in
SELECT r.reading_no, l.source, r.release_id, r.publisher, r."day", coalesce(r.native_id, r.url),
    CASE WHEN r.url LIKE 'http%' THEN published.shape_of(published.bare_of(r.url)) END,
    l.is_first
FROM kept.readings AS r
JOIN listed_by AS l ON l.reading_no = r.reading_no
