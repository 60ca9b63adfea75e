-- Which texts are found under each wanted key? The newest few.
SELECT b.key, max(b.reading_no, $kept) AS newest
FROM lookup.bands AS b
SEMI JOIN wanted_bands AS w USING (key)
GROUP BY b.key
