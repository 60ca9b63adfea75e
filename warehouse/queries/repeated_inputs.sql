-- Which pages and files repeat a release that is held already, and how do we know?
SELECT d.observed_at, d.name, d.reason, r.title, d.release_id
FROM duplicates AS d
JOIN releases AS r USING (release_id)
ORDER BY d.observed_at DESC, d.name;
