-- What is wrong with which source right now, and since when?
CREATE VIEW alarms_open AS
WITH last_state AS (
    SELECT *
    FROM kept.alarms
    QUALIFY row_number() OVER (PARTITION BY source, cause ORDER BY batch_no DESC, rowid DESC) = 1
)
SELECT source, cause, reason, run_id, observed_at
FROM last_state
WHERE state = 'raised'
ORDER BY observed_at DESC, source, cause;
