-- Which files and pictures do the wanted releases name now, with the digests we know?
SELECT r.release_id, r.attachments, r.images
FROM kept.readings AS r
SEMI JOIN wanted_releases AS w USING (release_id)
QUALIFY row_number() OVER (PARTITION BY r.release_id ORDER BY r.version DESC, r.reading DESC) = 1
