-- How do these rows read, of those that were made from a wanted input? Their fields as JSON, of the body a digest.
WITH found AS (
    SELECT r.* EXCLUDE (batch_no, journal_at, body), sha256(r.body) AS body, w.latest_version
    FROM kept.readings AS r
    JOIN wanted_places AS w ON w.place = r.rowid
    SEMI JOIN wanted_inputs USING (input_sha256)
)
SELECT to_json(found) AS told FROM found ORDER BY reading_no
