-- Where do the wanted releases stand: which reading is current, and by what are its bytes and number known?
SELECT r.release_id, r.version, r.rendition, r.native_id, r.input_sha256, r.item, r.first_seen_at
FROM kept.readings AS r
SEMI JOIN wanted_releases AS w USING (release_id)
QUALIFY row_number() OVER (PARTITION BY r.release_id ORDER BY r.version DESC, r.reading DESC) = 1
