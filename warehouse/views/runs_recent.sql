-- What did the last hundred runs do?
CREATE VIEW runs_recent AS
SELECT run_id, source,
    flow, -- ingest, revisit, backfill, replay, reparse or another of the flows
    run_at, finished_at,
    round(epoch(finished_at - run_at), 1) AS seconds, -- how long it took
    listed, new, revised, unchanged, duplicate, quarantined, failed, skipped
FROM kept.runs
ORDER BY run_at DESC, source
LIMIT 100;
