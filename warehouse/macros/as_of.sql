-- How did each release read at a given moment, as far as the archive knew by then?
CREATE MACRO as_of(moment) AS TABLE
SELECT
    v.* EXCLUDE (first_seen_at, release_seen_at, is_current, reading_no),
    v.release_seen_at AS first_seen_at, -- when the release was first seen
    v.first_seen_at AS version_seen_at -- when the version of that moment was first seen
FROM versions AS v
WHERE v.journal_at <= CAST(moment AS TIMESTAMPTZ)
    AND v.reading_no NOT IN (
        SELECT supersedes FROM kept.readings
        WHERE supersedes IS NOT NULL AND journal_at <= CAST(moment AS TIMESTAMPTZ)
    );
