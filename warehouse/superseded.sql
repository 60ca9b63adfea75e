-- Readings that a later batch took the place of no longer tell how their release reads.
UPDATE kept.readings AS r SET is_current = false, superseded_at = s.journal_at
FROM kept.readings AS s
WHERE s.supersedes = r.reading_no AND s.batch_no > $after
