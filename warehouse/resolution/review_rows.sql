-- How do the wanted readings read, as far as editions go?
SELECT r.reading_no, r.release_id, r.version, r.reading, r."language", r.publisher, r.url, r.native_id, r.title, r.body,
    r.editions, r.images, r.published_on, r.published_at, r.address_on, r.changed_fields
FROM kept.readings AS r
SEMI JOIN wanted_readings AS w USING (reading_no)
ORDER BY r.reading_no
