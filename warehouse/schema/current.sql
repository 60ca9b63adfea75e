-- The one column that only the published copy has; derived, so the writer's tables stay append-only.
ALTER TABLE kept.readings ADD COLUMN is_current BOOLEAN DEFAULT true;
UPDATE kept.readings SET is_current = false
WHERE reading_no IN (SELECT supersedes FROM kept.readings WHERE supersedes IS NOT NULL);
COMMENT ON COLUMN kept.readings.is_current IS 'whether this is how the release reads now';
