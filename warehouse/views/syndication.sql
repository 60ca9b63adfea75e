-- Which releases carry the text of another publisher, and how much of it?
CREATE VIEW syndication AS
SELECT
    j.release_a AS release_id,
    a.publisher,
    a.title,
    a.day,
    j.release_b AS copied_from, -- the release that had the text before
    b.publisher AS first_publisher, -- who issued that one
    b.title AS first_title, -- its headline
    b.day AS first_day, -- its day
    j.score,
    j.why
FROM relations AS j
JOIN releases AS a ON a.release_id = j.release_a
JOIN releases AS b ON b.release_id = j.release_b
WHERE j.kind = 'syndicated'
ORDER BY a.day DESC, a.publisher, j.release_a, j.release_b;
