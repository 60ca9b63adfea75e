-- How many answers that were no document are kept for each wanted candidate of a source, since it last gave one?
WITH good AS (
    SELECT ref, batch_no FROM kept.captures WHERE source = $source
    UNION ALL
    SELECT ref, batch_no FROM kept.absences WHERE source = $source AND state = 'returned'
)
SELECT w.ref, a.status, count(*)
FROM wanted_refs AS w
JOIN kept.captures AS a ON a.ref = 'answer:' || w.ref AND a.source = $source
LEFT JOIN (SELECT ref, max(batch_no) AS batch_no FROM good GROUP BY ref) AS g ON g.ref = w.ref
WHERE g.batch_no IS NULL OR a.batch_no > g.batch_no
GROUP BY w.ref, a.status
