-- How are texts since a batch to be parted, so that each part fits into memory?
WITH sizes AS MATERIALIZED ( -- else the window would hold the texts themselves
    SELECT reading_no, least(strlen(body), 600_000) + strlen(title) AS size
    FROM kept.readings
    WHERE batch_no > $after
)
SELECT min(reading_no), max(reading_no)
FROM (SELECT reading_no, sum(size) OVER (ORDER BY reading_no) // $bytes AS portion FROM sizes)
GROUP BY portion
ORDER BY portion
