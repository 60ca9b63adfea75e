-- Where is who named, in which office, and in which sentence?
CREATE VIEW mentions AS
SELECT
    r.release_id,
    r."day",
    r.publisher,
    r."language",
    m.kind, -- person, post or body
    s.name, -- the fullest form the release gives
    s.role, -- the office the release gives a person
    substring(CASE WHEN m."field" = 'title' THEN r.title ELSE r.body END, m."start" + 1, m.length) AS surface, -- what stands there
    m."field", -- title or body
    m."start", -- where the mention begins there, in characters from 0
    m.length, -- characters of it
    regexp_replace(substring(CASE WHEN m."field" = 'title' THEN r.title ELSE r.body END, m.sentence_start + 1, m.sentence_length), '\s+', ' ', 'g') AS sentence, -- the sentence around it, at most 200 characters
    m.confidence, -- how often the rule is right, 0 to 1
    m."rule", -- the rule that found it
    p.person, -- who is meant, across releases: name and office
    p.sure, -- how sure that is, 0 to 1
    r.title
FROM named.mentions AS m
JOIN kept.readings AS r ON r.reading_no = m.reading_no
JOIN named.subjects AS s ON s.subject_no = m.subject_no
LEFT JOIN people_resolved AS p ON p.subject_no = m.subject_no
WHERE r.is_current;
