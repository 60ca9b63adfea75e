-- Which releases carry the text of another publisher, and how much of it?
SELECT s.day, s.publisher, s.title, s.first_publisher, s.first_title, s.first_day, round(s.score, 2) AS share, s.why
FROM syndication AS s
ORDER BY s.day DESC, s.publisher, s.release_id;
