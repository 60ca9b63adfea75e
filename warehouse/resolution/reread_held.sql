-- How was each version last read that was made from one of the wanted inputs? Its fields as JSON, of the body a digest.
WITH mine AS MATERIALIZED (
    SELECT release_id, version FROM kept.readings SEMI JOIN wanted_inputs USING (input_sha256)
),
of_these AS MATERIALIZED (
    SELECT release_id, version, reading, rowid AS place FROM kept.readings SEMI JOIN mine USING (release_id)
),
newest AS MATERIALIZED ( -- only a row number keeps the scan from unpacking every text it passes
    SELECT arg_max(place, reading) AS place, any_value(latest_version) AS latest_version
    FROM of_these
    JOIN (SELECT release_id, max(version) AS latest_version FROM of_these GROUP BY release_id) USING (release_id)
    SEMI JOIN mine USING (release_id, version)
    GROUP BY release_id, version
),
found AS (
    SELECT r.* EXCLUDE (batch_no, journal_at, body), sha256(r.body) AS body, n.latest_version
    FROM kept.readings AS r
    JOIN newest AS n ON n.place = r.rowid
    SEMI JOIN wanted_inputs USING (input_sha256)
)
SELECT to_json(found) AS told FROM found ORDER BY reading_no
