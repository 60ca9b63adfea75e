-- Which readings have the words, and how well do they answer: at least `enough` of them, by default all?
CREATE MACRO hits(words, since := NULL, until := NULL, publisher := NULL, "language" := NULL, enough := 9223372036854775807) AS TABLE
WITH question AS MATERIALIZED (
    SELECT terms, wanted, list_transform(wanted, lambda clause: published.bits_of(clause)) AS bits_wanted,
        published.bits_of(published.barred_of(asked, terms)) AS bits_barred
    FROM (
        SELECT asked, terms, published.wanted_of(asked, terms) AS wanted
        FROM (SELECT asked, published.terms_of(asked) AS terms FROM (SELECT published.asked(words) AS asked))
    )
),
sought AS MATERIALIZED (
    SELECT s.term, s.nth, c.found, c.foremost
    FROM (SELECT unnest(terms) AS term, generate_subscripts(terms, 1) AS nth FROM question) AS s
    LEFT JOIN published.common_terms AS c ON c.term = s.term
),
terms AS MATERIALIZED (
    SELECT term, nth, 1::BIGINT << (nth - 1) AS bit, places,
        ln(1 + ((SELECT sum(readings) FROM published.indexed) - places + 0.5) / (places + 0.5)) AS rarity
    FROM (
        SELECT s.term, s.nth, coalesce(s.found, p.found, 0) AS places
        FROM sought AS s
        LEFT JOIN (
            SELECT term, count(*) AS found
            FROM published.postings
            WHERE term IN (SELECT term FROM sought WHERE found IS NULL)
            GROUP BY term
        ) AS p ON p.term = s.term
    )
),
rarest AS MATERIALIZED (
    SELECT terms[unnest(published.rarest_of(wanted, places))] AS term
    FROM question, (SELECT list(places ORDER BY nth) AS places FROM terms)
),
open AS NOT MATERIALIZED (
    SELECT r.reading_no, r.is_current
    FROM kept.readings AS r
    WHERE r.is_current AND r.twin_since IS NULL
        AND (since IS NULL OR r."day" >= CAST(since AS DATE))
        AND (until IS NULL OR r."day" <= CAST(until AS DATE))
        AND (publisher IS NULL OR r.publisher = publisher)
        AND ("language" IS NULL OR lower(r."language") = lower("language")
            OR starts_with(lower(r."language"), lower("language") || '-'))
),
first_looked_at AS MATERIALIZED (
    SELECT term, reading_no, weight
    FROM published.postings
    WHERE term IN (FROM rarest)
        AND weight >= (SELECT coalesce(max(foremost), 0) FROM sought WHERE term IN (FROM rarest))
    ORDER BY weight DESC, reading_no DESC
    LIMIT published.looked_at_first()
),
other_terms AS MATERIALIZED ( -- of a single word that was looked for the weight is at hand
    FROM terms WHERE (SELECT count(*) FROM rarest) > 1 OR term NOT IN (FROM rarest)
),
first_weighed AS MATERIALIZED (
    SELECT CAST(reading_no AS BIGINT) AS reading_no, bit_or(bit) AS bits, sum(weight * rarity) AS score
    FROM (
        SELECT reading_no, weight, bit, rarity
        FROM (FROM published.postings WHERE reading_no IN (SELECT reading_no FROM first_looked_at))
        JOIN other_terms USING (term)
        UNION ALL
        SELECT reading_no, weight, bit, rarity FROM first_looked_at JOIN (FROM terms ANTI JOIN other_terms USING (term)) USING (term)
    )
    GROUP BY reading_no
    LIMIT published.looked_at_first() -- there are no more, and this tells the planner so
),
closed AS NOT MATERIALIZED ( -- few, and sooner told than all that are open
    SELECT reading_no FROM kept.readings WHERE NOT is_current
    UNION ALL SELECT reading_no FROM kept.readings WHERE twin_since IS NOT NULL
),
first_found AS MATERIALIZED (
    SELECT reading_no, score
    FROM (
        FROM first_weighed ANTI JOIN closed USING (reading_no)
        WHERE since IS NULL AND until IS NULL AND publisher IS NULL AND "language" IS NULL
        UNION ALL
        FROM first_weighed SEMI JOIN open USING (reading_no)
        WHERE since IS NOT NULL OR until IS NOT NULL OR publisher IS NOT NULL OR "language" IS NOT NULL
    ), question
    WHERE published.matches(bits, bits_wanted, bits_barred)
),
again AS MATERIALIZED (
    FROM terms
    WHERE (SELECT count(*) FROM first_found) < enough
        AND (SELECT sum(places) FROM terms SEMI JOIN rarest USING (term)) > published.looked_at_first()
),
open_again AS NOT MATERIALIZED ( -- joined, since of a join with nothing the other side is not even read
    SELECT reading_no FROM open JOIN (SELECT true AS is_current FROM again LIMIT 1) USING (is_current)
),
all_found AS (
    SELECT reading_no, score
    FROM (
        SELECT p.reading_no, bit_or(bit) AS bits, sum(weight * rarity) AS score
        FROM published.postings AS p
        JOIN again USING (term)
        WHERE p.reading_no IN (
            SELECT reading_no
            FROM published.postings
            SEMI JOIN open_again USING (reading_no)
            WHERE term IN (SELECT term FROM rarest SEMI JOIN again USING (term))
        )
        GROUP BY p.reading_no
    ), question
    WHERE published.matches(bits, bits_wanted, bits_barred)
)
SELECT
    CAST(reading_no AS BIGINT) AS reading_no, -- the reading, as versions names it
    round(score / 255, 4) AS score -- BM25 of all words together; compare it within one answer only
FROM (
    FROM first_found WHERE NOT EXISTS (FROM again)
    UNION ALL FROM all_found
);
