-- Which readings may have these words as they stand in title or body: all of them, where the index can tell nothing?
CREATE MACRO may_have(words) AS TABLE
WITH sure AS MATERIALIZED (
    SELECT s.term, c.found
    FROM (SELECT unnest(published.sure_terms(words)) AS term) AS s
    LEFT JOIN published.common_terms AS c ON c.term = s.term
    WHERE (SELECT sum(readings) FROM published.indexed) = (SELECT count(*) FROM kept.readings)
)
SELECT CAST(reading_no AS BIGINT) AS reading_no -- the reading, as versions names it
FROM published.postings
WHERE term IN (SELECT arg_min(term, coalesce(found, 0)) FROM sure UNION ALL SELECT 0 FROM sure)
UNION
SELECT reading_no FROM kept.readings WHERE NOT EXISTS (FROM sure);
