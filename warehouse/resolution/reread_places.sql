-- In which row lies the last reading of each version that was made from one of the wanted inputs?
WITH mine AS MATERIALIZED (
    SELECT release_id, version FROM kept.readings SEMI JOIN wanted_inputs USING (input_sha256)
),
of_these AS MATERIALIZED (
    SELECT release_id, version, reading, rowid AS place FROM kept.readings SEMI JOIN mine USING (release_id)
)
SELECT arg_max(place, reading) AS place, any_value(latest_version) AS latest_version
FROM of_these
JOIN (SELECT release_id, max(version) AS latest_version FROM of_these GROUP BY release_id) USING (release_id)
SEMI JOIN mine USING (release_id, version)
GROUP BY release_id, version
