-- The one column that only the published copy has; derived, so the writer's tables stay append-only.
ALTER TABLE kept.readings ADD COLUMN is_current BOOLEAN DEFAULT false;
UPDATE kept.readings SET is_current = true
WHERE reading_no IN (SELECT max(reading_no) FROM kept.readings GROUP BY release_id);
COMMENT ON COLUMN kept.readings.is_current IS 'whether this is how the release reads now';
