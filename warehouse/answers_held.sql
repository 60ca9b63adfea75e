-- How many answers that were no document are kept for each wanted candidate of a source, since it last gave one?
SELECT w.ref, a.status, count(*)
FROM wanted_refs AS w
JOIN kept.captures AS a ON a.ref = 'answer:' || w.ref AND a.source = $source
LEFT JOIN (
    SELECT ref, max(batch_no) AS batch_no FROM kept.captures WHERE source = $source GROUP BY ref
) AS good ON good.ref = w.ref
WHERE good.batch_no IS NULL OR a.batch_no > good.batch_no
GROUP BY w.ref, a.status
