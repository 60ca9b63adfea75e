-- Which releases are one, in which languages and scripts?
CREATE VIEW editions AS
SELECT
    g.edition_group,
    g.release_id,
    r.publisher,
    r."language",
    r.title,
    r.day,
    r.url,
    g.editions
FROM published.edition_groups AS g
JOIN releases AS r ON r.release_id = g.release_id
ORDER BY r.day DESC, g.eldest, r."language";
