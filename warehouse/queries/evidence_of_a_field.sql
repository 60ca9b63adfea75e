-- From which words of the page was a field read, and by which rule?
SET VARIABLE field = 'published'; -- published, title, publisher, office, language, …

SELECT r.day, r.title, e.text, e.rule, e.basis, e.parser
FROM evidence AS e
JOIN releases AS r USING (release_id, version, reading)
WHERE e.field = getvariable('field')
ORDER BY r.day DESC, r.release_id
LIMIT 10;
