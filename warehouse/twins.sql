-- Since when the archive knows of an elder release that is the same, and no longer where that was retired.
WITH last_state AS (
    SELECT release_a, state, journal_at
    FROM kept.relations
    WHERE kind = 'same_as'
    QUALIFY row_number() OVER (PARTITION BY release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
),
twins AS (
    SELECT release_a AS release_id, min(journal_at) FILTER (state = 'asserted') AS since
    FROM last_state
    GROUP BY release_a
)
UPDATE kept.readings AS r SET twin_since = t.since
FROM twins AS t
WHERE r.release_id = t.release_id AND r.twin_since IS DISTINCT FROM t.since AND r.reading_no IN (SELECT reading_no FROM touched)
