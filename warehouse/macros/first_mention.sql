-- When did each publisher first use a phrase, in any version of any release, the earliest first?
CREATE MACRO first_mention(phrase) AS TABLE
WITH found AS (
    SELECT publisher, arg_min(reading_no, ("day", first_seen_at, reading_no)) AS reading_no
    FROM kept.readings
    WHERE phrase != ''
        AND reading_no IN (FROM may_have(phrase))
        AND published.place_in(title || e'\n' || body, phrase) > 0
    GROUP BY publisher
)
SELECT
    v.publisher,
    v."day",
    v.release_id,
    v.version,
    v.title,
    v.url,
    v.first_seen_at,
    substring(v.title || ' / ' || v.body,
        greatest(1, published.place_in(v.title || ' / ' || v.body, phrase) - 60), 120 + length(phrase)) AS context -- the phrase with what stands around it
FROM versions AS v
JOIN found USING (reading_no)
ORDER BY v."day", v.first_seen_at, v.publisher;
