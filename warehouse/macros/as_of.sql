-- How did each release read at a given moment, as far as the archive knew by then?
CREATE MACRO as_of(moment) AS TABLE
SELECT
    * EXCLUDE (first_seen_at, release_seen_at, is_current, superseded_at, twin_since, reading_no),
    release_seen_at AS first_seen_at, -- when the release was first seen
    first_seen_at AS version_seen_at -- when the version of that moment was first seen
FROM versions
WHERE journal_at <= CAST(moment AS TIMESTAMPTZ)
    AND coalesce(superseded_at > CAST(moment AS TIMESTAMPTZ), true)
    AND coalesce(twin_since > CAST(moment AS TIMESTAMPTZ), true);
