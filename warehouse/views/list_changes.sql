-- What entered, left or returned to the lists of which source, and when?
CREATE VIEW list_changes AS
SELECT source, observed_at, state, how, name, ref, listed_on, list, run_id
FROM kept.candidates_seen
ORDER BY observed_at DESC, source, ref;
