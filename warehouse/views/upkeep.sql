-- When was the archive last maintained, and how much of raw was hashed again each time?
CREATE VIEW upkeep AS
SELECT run_id, observed_at, first_line, last_line, files, bytes, findings, oldest_check_at, shrunk_bytes, removed,
    free_bytes, head_line, head_sha256
FROM kept.upkeep
ORDER BY observed_at DESC;
