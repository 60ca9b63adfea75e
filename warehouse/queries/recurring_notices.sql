-- Which notices come again and again, how often, and when last?
SELECT arg_max(s.publisher, (s.day, s.release_id)) AS publisher, count(*) AS issues, min(s.day) AS first_day, max(s.day) AS last_day,
    arg_max(s.title, (s.day, s.release_id)) AS last_title, s.series
FROM series AS s
GROUP BY s.series
HAVING count(*) > 2
ORDER BY issues DESC, s.series;
