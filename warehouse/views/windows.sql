-- Which days of which source were backfilled, which are still to come, and which are not listed any more?
CREATE VIEW windows AS
SELECT source, since, until, state, reason, listed, held, failed, listed_from, run_id, observed_at
FROM kept.windows
QUALIFY row_number() OVER (PARTITION BY source, since, until ORDER BY batch_no DESC) = 1
ORDER BY source, since DESC, until;
