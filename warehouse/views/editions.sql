-- Which releases are one, in which languages and scripts?
CREATE VIEW editions AS
WITH RECURSIVE joined AS (
    SELECT release_a, release_b
    FROM kept.relations
    WHERE kind IN ('edition', 'script_variant')
    QUALIFY row_number() OVER (PARTITION BY kind, release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
        AND state = 'asserted'
),
edges AS (
    SELECT release_a AS one, release_b AS other FROM joined
    UNION
    SELECT release_b, release_a FROM joined
),
met AS (
    SELECT release_id, min(reading_no) AS place FROM kept.readings SEMI JOIN edges ON one = release_id GROUP BY ALL
),
grown(release_id, place) USING KEY (release_id) AS (
    SELECT release_id, place FROM met
    UNION
    SELECT e.one, min(g.place)
    FROM grown AS g
    JOIN edges AS e ON e.other = g.release_id
    JOIN recurring.grown AS had ON had.release_id = e.one
    WHERE g.place < had.place
    GROUP BY e.one
)
SELECT
    eldest.release_id AS edition_group, -- the group, named for good after the release of it that was met first
    g.release_id,
    r.publisher,
    r."language",
    r.title,
    r.day,
    r.url,
    count(*) OVER (PARTITION BY g.place) AS editions -- how many belong to the group
FROM grown AS g
JOIN met AS eldest ON eldest.place = g.place
JOIN releases AS r ON r.release_id = g.release_id
ORDER BY r.day DESC, g.place, r."language";
