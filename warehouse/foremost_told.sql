-- Which weight do the foremost places of a term have at least? Told of terms that stand ten times as often as is looked
-- at first, and again when they stand twice as often as then; in between it errs towards too many places.
UPDATE published.common_terms AS c SET foremost = t.weight, weighed = c.found
FROM (
    SELECT term, max(weight) AS weight
    FROM (
        SELECT term, weight, sum(count(*)) OVER (PARTITION BY term ORDER BY weight DESC) AS so_far
        FROM published.postings
        WHERE term IN (
            SELECT term FROM published.common_terms
            WHERE found >= 10 * published.looked_at_first() AND found >= 2 * weighed
        )
        GROUP BY term, weight
    )
    WHERE so_far >= published.looked_at_first()
    GROUP BY term
) AS t
WHERE t.term = c.term
