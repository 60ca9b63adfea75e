-- Which releases have the words (all, in any form; "a phrase" as it stands; a OR b; -without), the best answers first?
CREATE MACRO search(words, since := NULL, until := NULL, publisher := NULL, "language" := NULL, most := 20) AS TABLE
WITH parts AS (
    SELECT nth, is_phrase, list_bool_or(list_transform(pieces, lambda piece: published.is_character(piece))) AS has_run,
        ' ' || translate(array_to_string(pieces, ' '), '''’,.', '    ') || ' ' AS spaced,
        published.pattern_of(pieces, stems, is_phrase) AS pattern,
        CASE WHEN NOT is_phrase THEN published.pattern_of_pairs(pieces) END AS pairs
    FROM (
        SELECT nth, is_phrase, pieces, list_transform(pieces, lambda piece: published.stem(piece)) AS stems
        FROM (
            SELECT nth, contains(part, '"') AS is_phrase, published.pieces_of(published.compared(part)) AS pieces
            FROM (SELECT unnest(published.parts_of(words)) AS part, generate_subscripts(published.parts_of(words), 1) AS nth)
            WHERE NOT starts_with(part, '-')
        )
    )
    WHERE len(pieces) > 0
),
marks AS MATERIALIZED (
    SELECT '(?i)(' || coalesce(string_agg(pattern, '|' ORDER BY is_phrase DESC, nth), '[^\x00-\x{10FFFF}]') || ')' AS whole,
        '(?i)(' || coalesce(
            concat_ws('|', string_agg(pattern, '|' ORDER BY is_phrase DESC, nth), string_agg(pairs, '|' ORDER BY nth)),
            '[^\x00-\x{10FFFF}]') || ')' AS marked,
        list(spaced) FILTER (WHERE is_phrase AND NOT has_run) AS phrases,
        list(pattern) FILTER (WHERE is_phrase AND has_run) AS runs
    FROM parts
),
found AS MATERIALIZED (
    FROM hits(words, since := since, until := until, publisher := publisher, "language" := "language",
        enough := CASE WHEN contains(published.typed(words), '"') THEN 9223372036854775807 ELSE most END)
),
read_first AS MATERIALIZED ( -- the best 5,000 have the phrase often enough, and few texts are soon read
    SELECT reading_no
    FROM (
        SELECT r.reading_no, published.compared(
            CASE WHEN f.score >= 0 THEN r.title || published.between() || r.body END) AS compared -- asked so, only of what was found
        FROM kept.readings AS r
        JOIN (FROM found ORDER BY score DESC, reading_no DESC LIMIT 5000) AS f ON f.reading_no = r.reading_no
        WHERE contains(published.typed(words), '"')
    ), marks
    WHERE published.has_phrases(compared, phrases, runs)
),
read_all AS (
    SELECT reading_no
    FROM (
        SELECT r.reading_no, published.compared(CASE WHEN f.score >= 0 THEN r.title || published.between() || r.body END) AS compared
        FROM kept.readings AS r
        JOIN (FROM found WHERE (SELECT count(*) FROM read_first) < most) AS f ON f.reading_no = r.reading_no
        WHERE contains(published.typed(words), '"')
    ), marks
    WHERE published.has_phrases(compared, phrases, runs)
),
top AS MATERIALIZED (
    SELECT reading_no, score
    FROM (
        FROM found WHERE NOT contains(published.typed(words), '"')
        UNION ALL FROM found SEMI JOIN (FROM read_first UNION ALL FROM read_all) USING (reading_no)
            WHERE contains(published.typed(words), '"')
    )
    ORDER BY score DESC, reading_no DESC
    LIMIT most
),
lying AS MATERIALIZED ( -- only a row number keeps the scan from unpacking every body it passes
    SELECT r.rowid AS lies_at, t.score
    FROM kept.readings AS r
    JOIN top AS t ON t.reading_no = r.reading_no
),
texts AS MATERIALIZED (
    SELECT t.score, r.reading_no, r.release_id, r.version, r.title, r.publisher, r."day", r."language", r.url, r.body,
        m.marked, greatest(1, strpos(published.compared(r.body), coalesce(
            nullif(regexp_extract(published.compared(r.body), m.whole, 1), ''),
            regexp_extract(published.compared(r.body), m.marked, 1))) - 60) AS begins
    FROM kept.readings AS r
    JOIN lying AS t ON t.lies_at = r.rowid,
    marks AS m
),
shown AS (
    SELECT *, nfc_normalize(regexp_replace(substring(body, begins, 200), '\s+', ' ', 'g')) AS told FROM texts
)
SELECT
    release_id,
    version,
    title,
    p.publisher,
    "day",
    p."language",
    url,
    score, -- BM25 of all words together; compare it within one answer only
    CASE WHEN begins > 1 THEN '…' ELSE '' END
        || published.with_marks(told, published.compared(told), marked)
        || CASE WHEN length(body) > begins + 199 THEN '…' ELSE '' END AS snippet -- where the words stand, each in « »
FROM shown AS p
ORDER BY score DESC, reading_no DESC;
