-- How is each source by its last runs, those that need a person first?
SELECT
    source, state, last_run_at, last_success_at, last_new_at, runs, failure_share, quarantine_open, requests,
    count(*) OVER () AS of_all
FROM source_health
ORDER BY state = 'ok', state, source
LIMIT $most
