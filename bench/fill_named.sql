-- Whom those texts name: four mentions in each, of people who are in office for a while, of posts and of bodies.
CREATE OR REPLACE TEMP TABLE named_there AS
WITH people AS (
    -- One person in forty texts is new; whoever is new is named most.
    SELECT i, n, batch_no, 40 + i // 40 AS newest,
        [CAST(least(40 + i // 40, 2000) * pow(chance(i, k, 1000) / 1000, 3) AS BIGINT) FOR k IN ['one', 'other']] AS elder
    FROM texts
),
told AS (
    SELECT i, n, batch_no, newest - elder[1] AS one, newest - elder[2] AS other FROM people
)
SELECT i, batch_no, unnest(t.of)
FROM told, unnest([
    {'kind': 'person', 'subject_no': one * 4 + i // 20_000 % 4, 'start': 0, 'length': 9, 'sentence': 0, 'is_first': true},
    {'kind': 'person', 'subject_no': one * 4 + i // 20_000 % 4, 'start': 220, 'length': 6, 'sentence': 200, 'is_first': false},
    {'kind': 'person', 'subject_no': other * 4 + i // 20_000 % 4, 'start': CASE WHEN i % 4 = 0 THEN 60 ELSE 330 END, 'length': 9,
        'sentence': CASE WHEN i % 4 = 0 THEN 0 ELSE 300 END, 'is_first': true},
    {'kind': 'body', 'subject_no': 1_000_000_000 + chance(n, 'body', 800), 'start': 120, 'length': 12, 'sentence': 100, 'is_first': true},
    {'kind': 'post', 'subject_no': 2_000_000_000 + chance(n, 'post', 600), 'start': 400, 'length': 12, 'sentence': 390, 'is_first': true}
]) AS t(of)
WHERE NOT (t.of.start IN (60, 330) AND (i % 2 = 1 OR one = other)) AND NOT (t.of.kind = 'post' AND i % 3 > 0);

INSERT INTO named.subjects BY NAME
SELECT min(batch_no) AS batch_no, subject_no, any_value(kind) AS kind, t.told.name, t.told.role, lower(t.told.name) AS name_key,
    lower(t.told.role) AS role_key
FROM named_there, unnest([CASE
    WHEN kind != 'person' THEN {'name': kind || ' ' || subject_no % 1_000_000, 'role': NULL}
    ELSE {'name': 'Person ' || subject_no // 4, 'role': CASE subject_no % 4
        WHEN 1 THEN 'Director of Portfolio ' || subject_no // 4 % 500
        WHEN 2 THEN 'Deputy Director of Portfolio ' || subject_no // 4 % 500
        WHEN 3 THEN 'Secretary for Portfolio ' || subject_no // 4 % 500 END} END]) AS t(told)
WHERE subject_no NOT IN (SELECT subject_no FROM named.subjects)
GROUP BY subject_no, t.told.name, t.told.role
ORDER BY subject_no;

INSERT INTO named.abbreviations BY NAME
SELECT batch_no, subject_no, 'B' || subject_no % 1_000_000 AS short
FROM named.subjects
WHERE kind = 'body' AND subject_no NOT IN (SELECT subject_no FROM named.abbreviations);

INSERT INTO named.mentions BY NAME
SELECT batch_no, i + 1 AS reading_no, subject_no, kind, 'body' AS "field", "start", length, sentence AS sentence_start,
    90 AS sentence_length, is_first, 0.95 AS confidence, 'generated' AS "rule"
FROM named_there
ORDER BY i;

INSERT INTO named.looked_at BY NAME
SELECT max(batch_no) AS batch_no, 'generated/1' AS rules, max(i) + 1 AS reading_no FROM texts
