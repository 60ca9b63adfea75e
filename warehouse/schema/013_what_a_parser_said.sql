-- A digest of what a parser said of a release, so that a page read again is compared without its text.

ALTER TABLE kept.readings ADD COLUMN fields_sha256 VARCHAR;

COMMENT ON COLUMN kept.readings.fields_sha256 IS 'SHA-256 of all fields as the parser told them, its own name, rules and evidence aside; null in readings made before it was kept';
