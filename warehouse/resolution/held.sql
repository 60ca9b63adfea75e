-- How do the wanted releases read now, all but the body?
SELECT r.* EXCLUDE (body, batch_no, journal_at),
    r.body != '' AS body
FROM kept.readings AS r
SEMI JOIN wanted_releases AS w USING (release_id)
QUALIFY row_number() OVER (PARTITION BY r.release_id ORDER BY r.version DESC, r.reading DESC) = 1
