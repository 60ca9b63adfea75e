-- How did each release read, version by version and reading by reading?
CREATE VIEW versions AS
SELECT
    release_id,
    version,
    reading,
    "day",
    day_basis,
    first_seen_at,
    * EXCLUDE (batch_no, reading_no, supersedes, release_id, version, reading, "day", day_basis, first_seen_at,
        block_spans, evidence, text_sha256, body_sha256),
    published.blocks_of(body, block_spans) AS blocks, -- the body block by block
    reading_no
FROM kept.readings;
