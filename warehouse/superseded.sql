-- Readings that a later batch took the place of no longer tell how their release reads.
UPDATE kept.readings SET is_current = false
WHERE reading_no IN (SELECT supersedes FROM kept.readings WHERE batch_no > $after AND supersedes IS NOT NULL)
