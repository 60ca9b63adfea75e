-- How far does the archive go?
SELECT batch_no, journal_path, journal_at
FROM kept.batches
ORDER BY batch_no DESC
LIMIT 1
