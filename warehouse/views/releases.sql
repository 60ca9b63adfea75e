-- Which releases does the archive hold, as they read now? Of two that are proven to be one, the elder.
CREATE VIEW releases AS
SELECT
    * EXCLUDE (first_seen_at, release_seen_at, is_current, reading_no),
    release_seen_at AS first_seen_at, -- when the release was first seen
    first_seen_at AS version_seen_at -- when its current version was first seen
FROM versions
WHERE is_current AND release_id NOT IN (
    SELECT release_a
    FROM kept.relations
    WHERE kind = 'same_as'
    QUALIFY row_number() OVER (PARTITION BY release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
        AND state = 'asserted'
);
