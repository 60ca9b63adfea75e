-- How many items stood on each page of this source's lists the last ten times it changed, the newest first?
SELECT url, list(items ORDER BY batch_no DESC)[:10]
FROM kept.listings
WHERE source = $source
GROUP BY url
