-- How do the touched releases read now? By their numbers, as most of the archive is then passed over unread.
CREATE OR REPLACE TEMP TABLE touched_readings AS
SELECT reading_no
FROM kept.readings
WHERE is_current AND twin_since IS NULL AND release_id IN (FROM touched_releases)
