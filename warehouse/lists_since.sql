-- Which pages of this source's lists were kept since then, and where does the newest body of each lie?
SELECT ref, content_sha256, raw_path, raw_offset
FROM kept.captures
WHERE source = $source AND starts_with(ref, 'list:') AND captured_at >= CAST($since AS TIMESTAMPTZ)
QUALIFY row_number() OVER (PARTITION BY ref ORDER BY batch_no DESC, rowid DESC) = 1
