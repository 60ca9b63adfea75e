-- How do the two releases read now?
SELECT reading_no, release_id, publisher, "language", title, body, text_sha256, published_on, published_at,
    published_basis, address_on
FROM kept.readings
WHERE is_current AND release_id IN ($first, $second)
