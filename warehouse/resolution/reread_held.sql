-- How was each version last read that was made from one of the wanted inputs? Its fields as JSON, of the body a digest.
WITH mine AS (
    SELECT DISTINCT release_id, version FROM kept.readings SEMI JOIN wanted_inputs USING (input_sha256)
),
newest AS (
    SELECT arg_max(reading_no, reading) AS reading_no
    FROM kept.readings
    SEMI JOIN mine USING (release_id, version)
    GROUP BY release_id, version
),
latest AS (
    SELECT release_id, max(version) AS latest_version
    FROM kept.readings
    SEMI JOIN mine USING (release_id)
    GROUP BY release_id
),
found AS (
    SELECT r.* EXCLUDE (batch_no, journal_at), l.latest_version
    FROM kept.readings AS r
    JOIN latest AS l USING (release_id)
    SEMI JOIN newest USING (reading_no)
    SEMI JOIN wanted_inputs USING (input_sha256)
),
plain AS (
    SELECT * EXCLUDE (body, published_at, updated_at, event_at, listed_at, release_seen_at, first_seen_at),
        sha256(body) AS body
    FROM found
)
SELECT to_json(plain) AS told, f.published_at, f.updated_at, f.event_at, f.listed_at, f.release_seen_at, f.first_seen_at
FROM plain
JOIN found AS f USING (reading_no)
ORDER BY reading_no
