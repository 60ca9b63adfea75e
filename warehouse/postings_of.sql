-- Postings of the readings from $first to $last; of a body its first 200,000 characters. A word in the headline counts
-- five times, in the second headline twice; single Chinese characters are found in headlines. The weight is BM25's
-- (k1 1.2, b 0.75) at a usual length of 300 words, which is a constant, so that nothing is weighed again as the archive
-- grows.
INSERT INTO published.newest_postings
WITH texts AS (
    SELECT CAST(reading_no AS UINTEGER) AS reading_no, published.compared(title) AS title,
        published.compared(coalesce(subtitle, '')) AS subtitle, published.compared(left(body, 200_000)) AS body
    FROM kept.readings
    WHERE reading_no BETWEEN $first AND $last
),
standing AS (
    SELECT reading_no, unnest(published.tokens_in(body)) AS token, 1 AS times FROM texts
    UNION ALL SELECT reading_no, unnest(published.tokens_in(title)), 5 FROM texts
    UNION ALL SELECT reading_no, unnest(published.tokens_in(subtitle)), 2 FROM texts
    UNION ALL SELECT reading_no, unnest(string_split(array_to_string(published.runs_in(title), ''), '')), 1 FROM texts
),
counted AS MATERIALIZED (
    SELECT reading_no, token, CAST(sum(times) AS INTEGER) AS times
    FROM standing
    WHERE token != ''
    GROUP BY reading_no, token
),
lengths AS (SELECT reading_no, CAST(sum(times) AS INTEGER) AS words FROM counted GROUP BY reading_no),
vocabulary AS (
    SELECT token, published.term_of(token, coalesce(a.folded, unicode(token)),
        CASE WHEN length(token) = 1 THEN 0 ELSE coalesce(b.folded, unicode(token[2:])) END) AS term
    FROM (SELECT DISTINCT token FROM counted)
    LEFT JOIN published.chinese_forms AS a ON a.code = unicode(token)
    LEFT JOIN published.chinese_forms AS b ON b.code = unicode(token[2:])
)
SELECT term, reading_no,
    CAST(round(255 * sum(times) / (sum(times) + 1.2 * (0.25 + 0.75 * any_value(words) / 300))) AS UTINYINT)
FROM counted
JOIN vocabulary USING (token)
JOIN lengths USING (reading_no)
GROUP BY term, reading_no
ORDER BY term, reading_no
