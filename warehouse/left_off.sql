-- Where was this source left off?
SELECT watermark FROM kept.source_state WHERE source = $source ORDER BY batch_no DESC LIMIT 1
