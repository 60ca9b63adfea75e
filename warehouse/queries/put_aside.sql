-- What was put aside, at which step and why?
SELECT observed_at, source, name, stage, reason, quarantine_id
FROM quarantine_open
ORDER BY observed_at DESC, name;
