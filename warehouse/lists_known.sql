-- What did each page of this source's lists last look like?
SELECT url, content_sha256
FROM kept.listings
WHERE source = $source
QUALIFY row_number() OVER (PARTITION BY url ORDER BY batch_no DESC, rowid DESC) = 1
