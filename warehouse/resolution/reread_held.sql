-- How do these rows read? Their fields as JSON, of the body a digest.
WITH found AS (
    SELECT r.* EXCLUDE (batch_no, journal_at, body), sha256(r.body) AS body
    FROM kept.readings AS r
    JOIN wanted_places AS w ON w.place = r.rowid
)
SELECT to_json(found) AS told FROM found ORDER BY reading_no
