-- Which of the wanted releases have been sketched more than once, since their text changed?
SELECT s.release_id
FROM kept.sketches AS s
SEMI JOIN wanted_releases AS w USING (release_id)
GROUP BY s.release_id
HAVING count(*) > 1
