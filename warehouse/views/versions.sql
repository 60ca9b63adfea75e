-- How did each release read, version by version and reading by reading?
CREATE VIEW versions AS
SELECT
    release_id,
    version,
    reading,
    coalesce(
        CASE WHEN published_basis = 'stated' THEN published_on END,
        address_on,
        CAST(listed_at AS DATE),
        CAST(release_seen_at AS DATE)
    ) AS day, -- the day it counts for: stated, else from the address, else the listing, else first seen
    CASE
        WHEN published_basis = 'stated' AND published_on IS NOT NULL THEN 'stated'
        WHEN address_on IS NOT NULL THEN 'address'
        WHEN listed_at IS NOT NULL THEN 'listing'
        ELSE 'first seen'
    END AS day_basis, -- where day comes from: stated, address, listing or first seen
    first_seen_at,
    * EXCLUDE (batch_no, reading_no, supersedes, release_id, version, reading, first_seen_at, block_spans, evidence,
        text_sha256, body_sha256),
    list_transform(block_spans, lambda b: struct_pack(
        kind := b.kind, "level" := b.level, "text" := substring(body, b.start + 1, b.length))) AS blocks, -- the body block by block
    reading_no
FROM kept.readings;
