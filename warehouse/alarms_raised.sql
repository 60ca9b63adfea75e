-- Which alarms of this source are still open?
SELECT cause
FROM kept.alarms
WHERE source = $source
QUALIFY row_number() OVER (PARTITION BY cause ORDER BY batch_no DESC, rowid DESC) = 1 AND state = 'raised'
