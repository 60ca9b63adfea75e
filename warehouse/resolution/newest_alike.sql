-- Which texts are found under each wanted key? The newest few before a reading.
SELECT b.key, max(b.reading_no, $kept) AS newest
FROM lookup.bands AS b
SEMI JOIN wanted_bands AS w USING (key)
WHERE b.reading_no < $before
GROUP BY b.key
