-- How is each source, by its last runs and its open alarms? Times are held against the newest run of all.
CREATE VIEW source_health AS
WITH runs AS (
    SELECT *, lag(run_at) OVER (PARTITION BY source ORDER BY run_at, batch_no) AS before
    FROM kept.runs
    WHERE flow IN ('ingest', 'revisit')
), newest AS (
    SELECT max(run_at) AS began FROM runs
), asked AS (
    SELECT source, sum(of_host.requests) AS requests
    FROM kept.runs,
        unnest(from_json(asked, '[{"requests": "BIGINT"}]')) AS t(of_host)
    WHERE asked IS NOT NULL AND run_at > (SELECT began FROM newest) - INTERVAL 7 DAY
    GROUP BY source
), course AS (
    SELECT source, max(run_at) AS last_run_at,
        max(run_at) FILTER (listed > failed) AS last_success_at,
        median(epoch(run_at - before)) AS usual_seconds,
        count(*) FILTER (lately) AS runs,
        sum(failed) FILTER (lately) / nullif(sum(listed) FILTER (lately), 0) AS failure_share
    FROM (SELECT *, run_at > (SELECT began FROM newest) - INTERVAL 7 DAY AS lately FROM runs)
    GROUP BY source
), brought AS (
    SELECT source, max(observed_at) AS last_new_at FROM kept.outcomes WHERE outcome = 'new' GROUP BY source
), troubled AS (
    SELECT source, list(cause ORDER BY cause) AS alarms,
        bool_or(cause = 'pages: blocked' OR regexp_matches(reason, '\b(401|403|429|451)\b|challenge|login page|wall'))
            AS is_blocked,
        bool_and(cause IN ('silence', 'stale')) AS is_silent
    FROM alarms_open
    GROUP BY source
), aside AS (
    SELECT source, count(*) AS quarantine_open FROM quarantine_open GROUP BY source
)
SELECT
    c.source,
    CASE WHEN t.is_blocked THEN 'blocked'
        WHEN t.is_silent THEN 'silent'
        WHEN t.alarms IS NOT NULL OR c.failure_share >= 0.5 THEN 'failing'
        WHEN epoch((SELECT began FROM newest) - c.last_run_at) > 3 * greatest(c.usual_seconds, 3600)
            AND c.source IN (SELECT source FROM kept.listings) THEN 'late'
        ELSE 'ok' END AS state, -- ok, late (no run for three times the usual pause; not for folders), failing, blocked or silent
    c.last_run_at, -- when its last run began
    c.last_success_at, -- when the last run began in which something came
    b.last_new_at, -- when it last brought a new release
    CAST(c.usual_seconds AS BIGINT) AS usual_seconds, -- the usual time between two runs
    c.runs, -- runs of the last seven days
    CAST(c.failure_share AS DOUBLE) AS failure_share, -- of what these listed, the share that failed
    coalesce(t.alarms, []) AS alarms, -- causes of its open alarms
    coalesce(a.quarantine_open, 0) AS quarantine_open, -- inputs that are put aside
    CAST(coalesce(q.requests, 0) AS BIGINT) AS requests -- requests of the last seven days
FROM course AS c
LEFT JOIN brought AS b USING (source)
LEFT JOIN troubled AS t USING (source)
LEFT JOIN aside AS a USING (source)
LEFT JOIN asked AS q USING (source)
ORDER BY c.source;
