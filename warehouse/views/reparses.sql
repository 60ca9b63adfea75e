-- When was everything read again by later parsers, and what came of it?
CREATE VIEW reparses AS
SELECT
    run_id,
    min(observed_at) AS since, -- when its first raw file had been gone through
    max(observed_at) FILTER (path IS NULL) AS ended_at, -- when it ended; null where it died, or still goes on
    count(path) AS files, -- raw files it went through
    CAST(sum(pages) AS BIGINT) AS pages, -- captures it read again
    CAST(sum(changed) AS BIGINT) AS changed, -- readings it added
    CAST(sum(rejected) AS BIGINT) AS rejected, -- readings it left as they were, as there is no record today
    first(scope) AS scope
FROM kept.reparsed
GROUP BY run_id
ORDER BY since DESC;
