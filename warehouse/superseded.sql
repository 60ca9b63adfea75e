-- Readings that a later batch took the place of no longer tell how their release reads: the newest reading of the newest
-- version does. An earlier version that is read again never comes to be current.
WITH edited AS (
    SELECT reading_no
    FROM touched
    WHERE release_id IN (SELECT release_id FROM kept.readings WHERE supersedes IS NOT NULL AND batch_no > $after)
),
told AS (
    SELECT reading_no,
        min(journal_at) OVER (
            PARTITION BY release_id ORDER BY version DESC, reading DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS followed_at
    FROM kept.readings
    WHERE reading_no IN (FROM edited)
)
UPDATE kept.readings AS r SET is_current = false, superseded_at = greatest(t.followed_at, r.journal_at)
FROM told AS t
WHERE t.reading_no = r.reading_no AND t.followed_at IS NOT NULL AND r.is_current
