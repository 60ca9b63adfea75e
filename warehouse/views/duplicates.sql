-- Which inputs repeat a release that the archive holds already, and how do we know?
CREATE VIEW duplicates AS
SELECT release_id, name, reason, version, rendition, source, ref, run_id, observed_at, input_sha256
FROM kept.outcomes
WHERE outcome = 'duplicate'
ORDER BY observed_at, name;
