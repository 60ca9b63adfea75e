-- Which readings have the words, and how well do they answer: at least `enough` of them, by default all?
CREATE MACRO hits(words, since := NULL, until := NULL, publisher := NULL, "language" := NULL, enough := 9223372036854775807) AS TABLE
WITH parts AS (
    SELECT place, part, part LIKE '-_%' AS is_barred,
        coalesce(lag(part) OVER (ORDER BY place) = 'OR', false) AS is_other
    FROM (SELECT unnest(published.parts_of(words)) AS part, generate_subscripts(published.parts_of(words), 1) AS place)
),
tokens AS (
    SELECT place, is_barred, sum(CASE WHEN is_other THEN 0 ELSE 1 END) OVER (ORDER BY place) AS clause,
        unnest(published.tokens_in(published.compared(part))) AS token
    FROM parts
    WHERE part != 'OR'
),
numbered AS MATERIALIZED (
    SELECT DISTINCT place, is_barred, clause,
        published.term_of(token, coalesce(a.folded, unicode(token)),
            CASE WHEN length(token) = 1 THEN 0 ELSE coalesce(b.folded, unicode(token[2:])) END) AS term
    FROM tokens
    LEFT JOIN published.chinese_forms AS a ON a.code = unicode(token)
    LEFT JOIN published.chinese_forms AS b ON b.code = unicode(token[2:])
),
standing AS NOT MATERIALIZED (FROM published.postings UNION ALL FROM published.newest_postings),
terms AS MATERIALIZED (
    SELECT n.term, coalesce(any_value(found), 0) AS found, 1 << CAST(row_number() OVER (ORDER BY n.term) - 1 AS BIGINT) AS bit,
        ln(1 + ((SELECT count(*) FROM kept.readings) - coalesce(any_value(found), 0) + 0.5)
            / (coalesce(any_value(found), 0) + 0.5)) AS rarity
    FROM numbered AS n
    LEFT JOIN (
        SELECT term, count(*) AS found FROM standing WHERE term IN (SELECT term FROM numbered) GROUP BY term
    ) AS s ON s.term = n.term
    GROUP BY n.term
    ORDER BY n.term
    LIMIT 60
),
asked AS MATERIALIZED (
    SELECT place, clause, is_barred, bit_or(bit) AS bits, arg_min(term, found) AS rarest, min(found) AS found
    FROM numbered
    JOIN terms USING (term)
    GROUP BY place, clause, is_barred
),
wanted AS MATERIALIZED (
    SELECT clause, list(bits) AS choices, list(rarest) AS rarest, sum(found) AS found
    FROM asked
    WHERE NOT is_barred
    GROUP BY clause
),
places AS NOT MATERIALIZED (
    SELECT p.reading_no, p.weight
    FROM standing AS p
    WHERE p.term IN (SELECT unnest(arg_min(w.rarest, w.found)) FROM wanted AS w)
),
open AS NOT MATERIALIZED (
    SELECT r.reading_no
    FROM kept.readings AS r
    WHERE r.is_current AND r.twin_since IS NULL
        AND (since IS NULL OR r."day" >= CAST(since AS DATE))
        AND (until IS NULL OR r."day" <= CAST(until AS DATE))
        AND (publisher IS NULL OR r.publisher = publisher)
        AND ("language" IS NULL OR r."language" = "language" OR starts_with(r."language", "language" || '-'))
),
first_looked_at AS MATERIALIZED (
    SELECT reading_no
    FROM (FROM places ORDER BY weight DESC, reading_no DESC LIMIT 3000)
    SEMI JOIN open USING (reading_no)
),
first_found AS MATERIALIZED (
    SELECT reading_no, bit_or(bit) AS bits, sum(weight * rarity) AS score
    FROM standing
    JOIN terms USING (term)
    SEMI JOIN first_looked_at USING (reading_no)
    GROUP BY reading_no
    HAVING published.matches(bits, (SELECT list(choices) FROM wanted), (SELECT list(a.bits) FROM asked AS a WHERE a.is_barred))
),
all_found AS (
    SELECT reading_no, bit_or(bit) AS bits, sum(weight * rarity) AS score
    FROM standing
    JOIN terms USING (term)
    WHERE (SELECT count(*) FROM first_found) < enough
        AND reading_no IN (SELECT reading_no FROM places SEMI JOIN open USING (reading_no))
    GROUP BY reading_no
    HAVING published.matches(bits, (SELECT list(choices) FROM wanted), (SELECT list(a.bits) FROM asked AS a WHERE a.is_barred))
)
SELECT
    CAST(reading_no AS BIGINT) AS reading_no, -- the reading, as versions names it
    round(score / 255, 4) AS score -- BM25 of all words together; compare it within one answer only
FROM (
    FROM first_found WHERE (SELECT count(*) FROM first_found) >= enough
    UNION ALL FROM all_found
);
