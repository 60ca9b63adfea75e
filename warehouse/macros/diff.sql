-- What did a release lose and gain between two of its versions, field by field and paragraph by paragraph?
CREATE MACRO diff(release, a, b) AS TABLE
WITH texts AS (
    SELECT *
    FROM kept.readings
    WHERE release_id = release AND version IN (a, b)
    QUALIFY row_number() OVER (PARTITION BY version ORDER BY reading DESC) = 1
),
parts AS (
    SELECT version, 1 AS field_no, 'title' AS field, 1 AS place, title AS part FROM texts
    UNION ALL SELECT version, 2, 'subtitle', 1, subtitle FROM texts
    UNION ALL SELECT version, 3, 'published', 1, coalesce(published_text, CAST(published_on AS VARCHAR)) FROM texts
    UNION ALL SELECT version, 4, 'updated', 1, coalesce(updated_text, CAST(updated_on AS VARCHAR)) FROM texts
    UNION ALL
    SELECT version, 5, 'body', u.place, u.part
    FROM texts, unnest(string_split(body, e'\n\n')) WITH ORDINALITY AS u(part, place)
    UNION ALL
    SELECT version, 6, 'attachments', u.one."position", concat_ws(' ', u.one."label", u.one.url, u.one.sha256)
    FROM texts, unnest(attachments) AS u(one)
    UNION ALL
    SELECT version, 7, 'images', u.one."position", concat_ws(' ', u.one.caption, u.one.url, u.one.sha256)
    FROM texts, unnest(images) AS u(one)
),
told AS (
    SELECT *, row_number() OVER (PARTITION BY version, field, part ORDER BY place) AS nth
    FROM parts
    WHERE part IS NOT NULL AND (SELECT count(*) FROM texts) = 2
),
changed AS (
    SELECT t.version, t.field_no, t.field, t.part,
        row_number() OVER (PARTITION BY t.version, t.field ORDER BY t.place) AS "row"
    FROM told AS t
    ANTI JOIN told AS o ON o.version != t.version AND o.field = t.field AND o.part = t.part AND o.nth = t.nth
),
paired AS (
    SELECT field_no, field, "row", l.part AS before, g.part AS after,
        regexp_extract_all(coalesce(l.part, ''), '[\p{Latin}\p{Nd}\p{M},.]+|(?s:.)') AS x,
        regexp_extract_all(coalesce(g.part, ''), '[\p{Latin}\p{Nd}\p{M},.]+|(?s:.)') AS y
    FROM (SELECT * FROM changed WHERE version = a) AS l
    FULL JOIN (SELECT * FROM changed WHERE version = b) AS g USING (field_no, field, "row")
),
begun AS (
    SELECT *, list_position(list_transform(list_zip(x, y), lambda t: t[1] IS NOT DISTINCT FROM t[2]), false) AS i
    FROM paired
),
ended AS (
    SELECT *, coalesce(list_position(list_transform(list_zip(list_reverse(x[i:]), list_reverse(y[i:])),
        lambda t: t[1] IS NOT DISTINCT FROM t[2]), false), 1) - 1 AS alike
    FROM begun
)
SELECT
    field, -- title, subtitle, published, updated, body, attachments or images
    array_to_string(x[i:len(x) - alike], '') AS lost, -- words that no longer stand there
    array_to_string(y[i:len(y) - alike], '') AS gained, -- words that stand there now
    before, -- the whole value or paragraph as it read
    after -- the whole value or paragraph as it reads
FROM ended
ORDER BY field_no, "row";
