-- How are texts since a batch to be parted, so that each part fits into memory?
SELECT min(reading_no), max(reading_no)
FROM (
    SELECT reading_no,
        sum(least(strlen(body), 600_000) + strlen(title)) OVER (ORDER BY reading_no) // $bytes AS portion
    FROM kept.readings
    WHERE batch_no > $after
)
GROUP BY portion
ORDER BY portion
