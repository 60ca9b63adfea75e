-- Which releases are one text: corrected, copied, or in the other Chinese script?
CREATE VIEW clusters AS
WITH RECURSIVE joined AS (
    SELECT release_a, release_b FROM relations WHERE kind IN ('corrects', 'syndicated', 'script_variant')
),
edges AS (
    SELECT release_a AS one, release_b AS other FROM joined
    UNION
    SELECT release_b, release_a FROM joined
),
grown(release_id, cluster) USING KEY (release_id) AS (
    SELECT DISTINCT one, one FROM edges
    UNION
    SELECT e.one, min(g.cluster)
    FROM grown AS g
    JOIN edges AS e ON e.other = g.release_id
    JOIN recurring.grown AS had ON had.release_id = e.one
    WHERE g.cluster < had.cluster
    GROUP BY e.one
)
SELECT
    g.cluster, -- the group, named after one of its releases
    g.release_id,
    r.publisher,
    r."language",
    r.title,
    r.day,
    count(*) OVER (PARTITION BY g.cluster) AS releases -- how many belong to the group
FROM grown AS g
JOIN releases AS r USING (release_id)
ORDER BY g.cluster, r.day, g.release_id;
