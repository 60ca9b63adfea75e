-- Which readings does the published copy call current, or not, against their load order?
SELECT r.reading_no
FROM kept.readings AS r
JOIN (SELECT release_id, max(reading_no) AS newest FROM kept.readings GROUP BY release_id) AS n USING (release_id)
WHERE r.is_current != (r.reading_no = n.newest)
LIMIT 1
