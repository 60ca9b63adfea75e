-- Who met whom, in which sentence of which release?
CREATE VIEW who_met_whom AS
WITH named_in AS (
    SELECT m.reading_no, m."field", m."start", m.length, m.sentence_start, m.sentence_length, p.person, p.name, p.role
    FROM named.mentions AS m
    JOIN people_resolved AS p ON p.subject_no = m.subject_no
    WHERE m.kind = 'person'
),
pairs AS (
    SELECT a.reading_no, a."field", a."start", a.sentence_start, a.sentence_length, a."start" + a.length AS ended, b."start" AS begun,
        b."start" + b.length AS closed, a.name, a.role, a.person, b.name AS with_name, b.role AS with_role,
        b.person AS with_person
    FROM named_in AS a
    JOIN named_in AS b ON b.reading_no = a.reading_no AND b."field" = a."field" AND b.sentence_start = a.sentence_start
    WHERE b."start" >= a."start" + a.length AND b.person != a.person
),
told AS (
    SELECT p.*, r.release_id, r."day", r.publisher, r."language",
        CASE WHEN p."field" = 'title' THEN r.title ELSE r.body END AS words
    FROM pairs AS p
    JOIN kept.readings AS r ON r.reading_no = p.reading_no
    WHERE r.is_current AND r.twin_since IS NULL
),
cut AS (
    SELECT *,
        regexp_replace(substring(words, ended + 1, begun - ended), '\b(Mr|Mrs|Ms|Dr|Prof)\.', '\1', 'g') AS between,
        substring(words, closed + 1, 40) AS behind
    FROM told
),
met AS (
    SELECT *
    FROM cut
    WHERE regexp_matches(between, -- A met the Secretary for Health, Ms B
            '(?i)^[^.;:!?()"“”]*\b(met|meets|(held|holds|had)\b.*\b(meetings?|talks|discussions) with|paid a (courtesy )?(call|visit) (on|to)|(exchanged|exchanges) views with)\b[^.;:!?()"“”]*$')
        AND NOT regexp_matches(between, '(?i)\b(said|says|that|who|which|whom|media|press|reporters|before|after|when|while|where|as|by|will|would|(is|are|was|were) to|(tele)?phone)\b')
        AND NOT regexp_matches(behind, '^[’'']s\b')
    OR regexp_matches(between, -- 甲拜會丙部部長乙
            '^([^，。；：！？（）「」][^。；：！？（）「」]*)?(拜[會会訪访]|[會会][見见晤]|接[見见]|[約约][見见]|晤)[^，。；：！？（）「」]*$')
        AND NOT regexp_matches(between, '[傳传]媒|[記记]者|表示|感[謝谢]|[說说]|指出|市民|明[日天]|[將将]')
    OR regexp_matches(between, '^([與与]|[^，。；：！？（）「」][^。；：！？（）「」]*[與与])[^，。；：！？（）「」]*$') -- 甲與丙部部長乙會面
        AND NOT regexp_matches(between, '明[日天]|[將将]|[電电][話话]')
        AND regexp_matches(behind, '^[^，。；：！？（）「」]{0,24}([會会][面晤談谈]|[見见]面)')
    OR regexp_matches(between, '^[^，。；：！？（）「」][^。；：！？（）「」]*[獲获][^，。；：！？（）「」]*$') -- 甲獲丙部部長乙接見
        AND regexp_matches(behind, '^[^，。；：！？（）「」]{0,8}(接[見见]|[會会][見见])')
)
SELECT
    release_id,
    "day",
    publisher,
    "language",
    name, -- the one
    role AS office, -- of the one, as the release gives it
    with_name, -- the other
    with_role AS with_office, -- of the other, likewise
    regexp_replace(substring(words, sentence_start + 1, sentence_length), '\s+', ' ', 'g') AS sentence, -- that says so, at most 200 characters
    person, -- name and office of the one, as they are compared
    with_person -- name and office of the other, as they are compared
FROM met
QUALIFY row_number() OVER (
    PARTITION BY reading_no, least(person, with_person), greatest(person, with_person)
    ORDER BY "field", "start"
) = 1
ORDER BY "day" DESC, release_id, "start";
