-- Postings of the readings from $first to $last; of a body its first 200,000 characters. A word in the headline counts
-- five times, in the second headline twice; single Chinese characters are found in headlines. The weight is BM25's
-- (k1 1.2, b 0.75) at a usual length of 300 words, which is a constant, so that nothing is weighed again as the archive
-- grows. The two halves are told into words side by side. A text of which not all is taken up has the term 0, too.
WITH compared AS (
    SELECT CAST(reading_no AS UINTEGER) AS reading_no, published.compared(title) AS title,
        published.compared(coalesce(subtitle, '')) AS subtitle, published.compared(left(body, 200_000)) AS body
    FROM (
        FROM kept.readings WHERE reading_no BETWEEN $first AND ($first + $last) // 2
        UNION ALL FROM kept.readings WHERE reading_no BETWEEN ($first + $last) // 2 + 1 AND $last
    )
),
texts AS MATERIALIZED (
    SELECT reading_no, published.tokens_in(body) AS body, published.tokens_in(title) AS title,
        published.tokens_in(subtitle) AS subtitle,
        list_filter(string_split(array_to_string(published.runs_in(title), ''), ''), lambda one: one != '') AS singles
    FROM compared
),
standing AS MATERIALIZED (
    SELECT reading_no, unnest(body) AS token, 1 AS times FROM texts
    UNION ALL SELECT reading_no, unnest(title), 5 FROM texts
    UNION ALL SELECT reading_no, unnest(subtitle), 2 FROM texts
    UNION ALL SELECT reading_no, unnest(singles), 1 FROM texts
),
vocabulary AS (
    SELECT token, published.term_of(simple) AS term
    FROM (
        SELECT unnest(tokens) AS token,
            unnest(string_split(published.simplified(array_to_string(tokens, ' ')), ' ')) AS simple
        FROM (SELECT list(token) AS tokens FROM (SELECT DISTINCT token FROM standing))
    )
),
counted AS (
    SELECT reading_no, term, CAST(sum(times) AS INTEGER) AS times
    FROM standing
    JOIN vocabulary USING (token)
    GROUP BY reading_no, term
),
lengths AS (
    SELECT reading_no, len(body) + 5 * len(title) + 2 * len(subtitle) + len(singles) AS words FROM texts
)
SELECT term, reading_no,
    CAST(round(255 * times / (times + 1.2 * (0.25 + 0.75 * words / 300))) AS UTINYINT)
FROM counted
JOIN lengths USING (reading_no)
UNION ALL
SELECT 0::UBIGINT, CAST(reading_no AS UINTEGER), 0::UTINYINT
FROM kept.readings
WHERE reading_no BETWEEN $first AND $last AND length(body) > 200_000
