-- How many answers that were no list are kept for each of this source's lists, by status?
SELECT ref, status, count(*)
FROM kept.captures
WHERE source = $source AND starts_with(ref, 'answer:list:')
GROUP BY ref, status
