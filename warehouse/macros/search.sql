-- Which releases have the words (all, in any form; "a phrase" as it stands; a OR b; -without), the best answers first?
CREATE MACRO search(words, since := NULL, until := NULL, publisher := NULL, "language" := NULL, most := 20) AS TABLE
WITH parts AS (
    SELECT part, published.spaced(published.compared(part)) AS spaced, contains(part, '"') AS is_phrase, row_number() OVER () AS place
    FROM (SELECT unnest(published.parts_of(words)) AS part)
    WHERE part != 'OR' AND NOT starts_with(part, '-')
),
pieces AS (
    SELECT place, is_phrase, spaced, u.piece, u.nth, length(u.piece) = 1 AND u.piece = published.runs_in(u.piece)[1] AS is_run
    FROM parts, unnest(published.pieces_of(published.compared(part))) WITH ORDINALITY AS u(piece, nth)
),
sought AS (
    SELECT p.place, p.nth, any_value(p.is_phrase) AS is_phrase, any_value(p.is_run) AS is_run, any_value(p.spaced) AS spaced,
        CASE WHEN any_value(p.is_run) THEN '[' || any_value(p.piece) || chr(any_value(coalesce(a.folded, unicode(p.piece))))
                || coalesce(string_agg(chr(b.code), '' ORDER BY b.code), '') || ']'
            WHEN any_value(p.is_phrase) THEN published.as_printed(any_value(p.piece))
            ELSE published.any_form(any_value(published.stem(p.piece))) END AS pattern
    FROM pieces AS p
    LEFT JOIN published.chinese_forms AS a ON p.is_run AND a.code = unicode(p.piece)
    LEFT JOIN published.chinese_forms AS b ON p.is_run AND b.folded = coalesce(a.folded, unicode(p.piece))
    GROUP BY p.place, p.nth
),
joined AS (
    SELECT place, nth, is_phrase, is_run, spaced, CASE
            WHEN nth = 1 OR is_run AND lag(is_run) OVER (PARTITION BY place ORDER BY nth) THEN ''
            WHEN is_phrase THEN '\W{0,4}'
            ELSE '|' END || pattern AS pattern
    FROM sought
),
patterns AS (
    SELECT place, any_value(is_phrase) AS is_phrase, bool_or(is_run) AS has_run,
        string_agg(pattern, '' ORDER BY nth) AS pattern, any_value(spaced) AS spaced
    FROM joined
    GROUP BY place
),
marks AS MATERIALIZED (
    SELECT '(?i)(' || coalesce(string_agg(pattern, '|' ORDER BY is_phrase DESC, place), '[^\x00-\x{10FFFF}]') || ')' AS marked,
        list(spaced) FILTER (WHERE is_phrase AND NOT has_run) AS phrases,
        list(pattern) FILTER (WHERE is_phrase AND has_run) AS runs
    FROM patterns
),
found AS MATERIALIZED (
    FROM hits(words, since := since, until := until, publisher := publisher, "language" := "language",
        enough := CASE WHEN contains(words, '"') THEN 9223372036854775807 ELSE most END)
),
told AS (
    SELECT f.reading_no
    FROM kept.readings AS r
    JOIN found AS f ON f.reading_no = r.reading_no,
    marks AS m
    WHERE contains(words, '"')
        AND coalesce(list_bool_and(list_transform(m.phrases, lambda phrase: contains(
            published.spaced(published.compared(r.title || e'\n' || r.body)), phrase))), true)
        AND coalesce(list_bool_and(list_transform(m.runs, lambda run: regexp_matches(
            published.compared(r.title || e'\n' || r.body), run))), true)
),
top AS MATERIALIZED (
    FROM found
    WHERE NOT contains(words, '"') OR reading_no IN (FROM told)
    ORDER BY score DESC, reading_no DESC
    LIMIT most
),
lying AS MATERIALIZED ( -- only a row number keeps the scan from unpacking every body it passes
    SELECT r.rowid AS at, t.score
    FROM kept.readings AS r
    JOIN top AS t ON t.reading_no = r.reading_no
),
texts AS MATERIALIZED (
    SELECT t.score, r.reading_no, r.release_id, r.version, r.title, r.publisher, r."day", r."language", r.url, r.body,
        m.marked, greatest(1, strpos(published.compared(r.body),
            regexp_extract(published.compared(r.body), m.marked, 1)) - 60) AS begins
    FROM kept.readings AS r
    JOIN lying AS t ON t.at = r.rowid,
    marks AS m
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
        || regexp_replace(regexp_replace(substring(body, begins, 200), '\s+', ' ', 'g'), marked, '«\1»', 'g')
        || CASE WHEN length(body) > begins + 199 THEN '…' ELSE '' END AS snippet -- where the words stand, each in « »
FROM texts AS p
ORDER BY score DESC, reading_no DESC;
