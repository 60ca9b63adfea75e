-- In which row lies the last reading of each version that was made from one of the wanted inputs?
WITH mine AS MATERIALIZED (
    SELECT release_id, version FROM kept.readings SEMI JOIN wanted_inputs USING (input_sha256)
)
SELECT arg_max(rowid, reading) AS place
FROM kept.readings
SEMI JOIN mine USING (release_id, version)
GROUP BY release_id, version
