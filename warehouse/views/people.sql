-- Who is named in releases, in which office, how often and when?
CREATE VIEW people AS
SELECT * EXCLUDE (name_key)
FROM published.people
ORDER BY releases DESC, person;
