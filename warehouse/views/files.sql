-- Which files and pictures of releases are kept, since when, and where do their bytes lie?
CREATE VIEW files AS
SELECT
    split_part(c.ref, ':', 1) AS kind, -- attachment or image
    c.url,
    c.content_sha256 AS sha256, -- digest of its bytes, as releases name it
    c.media_type,
    c.size,
    c.captured_at,
    c.source,
    c.raw_path,
    c.raw_offset
FROM kept.captures AS c
WHERE starts_with(c.ref, 'attachment:') OR starts_with(c.ref, 'image:');
