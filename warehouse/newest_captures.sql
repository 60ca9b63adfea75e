-- Where does the newest capture of each wanted candidate of a source lie?
SELECT c.ref, c.content_sha256, c.raw_path, c.raw_offset, c.input_sha256, c.facts_sha256, c.target_uri,
    c.etag, c.last_modified
FROM kept.captures AS c
SEMI JOIN wanted_refs AS w USING (ref)
WHERE c.source = $source
QUALIFY row_number() OVER (PARTITION BY c.ref ORDER BY c.batch_no DESC, c.rowid DESC) = 1
