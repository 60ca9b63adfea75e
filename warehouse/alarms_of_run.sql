-- Which alarms did a run raise or clear?
SELECT source, cause, state, reason
FROM kept.alarms
WHERE run_id = $run AND batch_no >= $first
ORDER BY state DESC, source, cause
LIMIT $most;
