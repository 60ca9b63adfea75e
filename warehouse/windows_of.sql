-- How does each window of this source stand, and when was it last planned?
SELECT
    CAST(since AS VARCHAR) AS since,
    CAST(until AS VARCHAR) AS until,
    arg_max(state, batch_no) AS state,
    max(observed_at) FILTER (state = 'planned') AS planned_at
FROM kept.windows
WHERE source = $source
GROUP BY ALL
