-- Which readings in which language have each wanted name? The newest few.
SELECT w.name, n."language", max(n.reading_no, $kept) AS newest
FROM lookup.edition_names AS n
JOIN (SELECT name, md5_number_lower(name) AS key FROM wanted_names) AS w USING (key)
GROUP BY w.name, n."language"
