-- Which releases does the archive hold, as they read now? Of two that are proven to be one, the elder.
CREATE VIEW releases AS
SELECT
    * EXCLUDE (first_seen_at, release_seen_at, is_current, superseded_at, twin_since, reading_no),
    release_seen_at AS first_seen_at, -- when the release was first seen
    first_seen_at AS version_seen_at -- when its current version was first seen
FROM versions
WHERE is_current AND twin_since IS NULL;
