-- Where does the newest body of each page of this source's lists lie?
SELECT ref, content_sha256, raw_path, raw_offset
FROM kept.captures
WHERE source = $source AND starts_with(ref, 'list:')
QUALIFY row_number() OVER (PARTITION BY ref ORDER BY batch_no DESC, rowid DESC) = 1
