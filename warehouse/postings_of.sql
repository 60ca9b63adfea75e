-- Postings of the readings from $first to $last; of a body its first 200,000 characters. A word in the headline counts
-- five times, in the second headline twice; single Chinese characters are found in headlines. The weight is BM25's
-- (k1 1.2, b 0.75) at a usual length of 300 words, which is a constant, so that nothing is weighed again as the archive
-- grows; it is told in whole numbers. The two halves are taken up side by side. Words are told in the few different
-- pieces between spaces, as most stand there again and again; two Chinese characters are one number until then. A text
-- of which not all is taken up has the term 0, too.
WITH compared AS (
    SELECT CAST(reading_no AS UINTEGER) AS reading_no, published.compared(title) AS title,
        published.compared(coalesce(subtitle, '')) AS subtitle, published.compared(left(body, 200_000)) AS body
    FROM (
        FROM kept.readings WHERE reading_no BETWEEN $first AND ($first + $last) // 2
        UNION ALL FROM kept.readings WHERE reading_no BETWEEN ($first + $last) // 2 + 1 AND $last
    )
),
texts AS MATERIALIZED (
    SELECT reading_no, string_split(body, ' ') AS body, string_split(title, ' ') AS title,
        string_split(subtitle, ' ') AS subtitle, published.numbered_in(body) AS body_runs,
        published.numbered_in(title) AS title_runs, published.numbered_in(subtitle) AS subtitle_runs
    FROM compared
),
pieces AS MATERIALIZED (
    SELECT reading_no, unnest(body) AS piece, 1 AS times FROM texts
    UNION ALL SELECT reading_no, unnest(title), 5 FROM texts
    UNION ALL SELECT reading_no, unnest(subtitle), 2 FROM texts
),
words AS MATERIALIZED (
    SELECT piece, unnest(published.words_in(piece)) AS word FROM (SELECT DISTINCT piece FROM pieces)
),
said AS (
    SELECT piece, term
    FROM words
    JOIN (SELECT word, published.term_of(word) AS term FROM (SELECT DISTINCT word FROM words)) USING (word)
),
runs AS MATERIALIZED (
    SELECT reading_no, unnest(body_runs) AS run, 1 AS times FROM texts
    UNION ALL SELECT reading_no, unnest(title_runs), 5 FROM texts
    UNION ALL SELECT reading_no, unnest(subtitle_runs), 2 FROM texts
),
pairs AS MATERIALIZED (
    SELECT reading_no, unnest(run[:-2]) * 2097152 + unnest(run[2:]) AS pair, times FROM runs
    UNION ALL SELECT reading_no, run[1] * 2097152, times FROM runs WHERE len(run) = 1
    UNION ALL SELECT reading_no, unnest(run) * 2097152, 1 FROM runs WHERE times = 5
),
meant AS (
    SELECT pair, published.term_of(simple) AS term
    FROM (
        SELECT unnest(pairs) AS pair,
            unnest(string_split(published.simplified(array_to_string(list_transform(pairs, lambda pair:
                chr(CAST(pair // 2097152 AS INTEGER))
                || CASE WHEN pair % 2097152 > 0 THEN chr(CAST(pair % 2097152 AS INTEGER)) ELSE '' END), ' ')), ' ')) AS simple
        FROM (SELECT list(pair) AS pairs FROM (SELECT DISTINCT pair FROM pairs))
    )
),
counted AS (
    SELECT reading_no, term, CAST(sum(times) AS BIGINT) AS times
    FROM (
        SELECT reading_no, term, times FROM pieces JOIN said USING (piece)
        UNION ALL SELECT reading_no, term, times FROM pairs JOIN meant USING (pair)
    )
    GROUP BY reading_no, term
),
lengths AS (
    SELECT reading_no, CAST(sum(times) AS BIGINT) AS words FROM counted GROUP BY reading_no
)
SELECT term, reading_no,
    -- 255 * times / (times + 1.2 * (0.25 + 0.75 * words / 300)), rounded
    CAST((511_000 * times + 300 + 3 * words) // (2_000 * times + 600 + 6 * words) AS UTINYINT)
FROM counted
JOIN lengths USING (reading_no)
UNION ALL
SELECT 0::UBIGINT, CAST(reading_no AS UINTEGER), 0::UTINYINT
FROM kept.readings
WHERE reading_no BETWEEN $first AND $last AND length(body) > 200_000
