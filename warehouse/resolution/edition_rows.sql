-- What tells the editions of the wanted releases, as they read now? All but the text.
SELECT r.reading_no, r.release_id, r.version, r."language", r.publisher, r.url, r.native_id, r.title, r.editions,
    r.images, r.published_on, r.published_at, r.address_on
FROM kept.readings AS r
SEMI JOIN wanted_releases AS w USING (release_id)
QUALIFY row_number() OVER (PARTITION BY r.release_id ORDER BY r.version DESC, r.reading DESC) = 1
