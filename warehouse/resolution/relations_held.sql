-- What joins the wanted releases to others now?
WITH told AS (
    SELECT r.*, r.rowid AS place FROM kept.relations AS r SEMI JOIN wanted_releases AS w ON w.release_id = r.release_a
    UNION
    SELECT r.*, r.rowid AS place FROM kept.relations AS r SEMI JOIN wanted_releases AS w ON w.release_id = r.release_b
)
SELECT kind, release_a, release_b, score, "rule", evidence, series, state
FROM told
QUALIFY row_number() OVER (PARTITION BY kind, release_a, release_b ORDER BY batch_no DESC, place DESC) = 1
ORDER BY batch_no, place
