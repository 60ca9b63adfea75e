-- Which readings does the published copy call current, or not, though another is the newest of the newest version?
SELECT r.reading_no
FROM kept.readings AS r
JOIN (SELECT release_id, arg_max(reading_no, (version, reading)) AS newest FROM kept.readings GROUP BY release_id) AS n USING (release_id)
WHERE r.is_current != (r.reading_no = n.newest)
LIMIT 1
