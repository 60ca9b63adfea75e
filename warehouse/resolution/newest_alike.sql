-- Which texts are found in each place that has a wanted key? The newest few before a reading.
SELECT CAST(b.band AS BIGINT) << 32 | b.key AS place, max(b.reading_no, $kept) AS newest
FROM lookup.bands AS b
SEMI JOIN wanted_bands AS w USING (key)
WHERE b.reading_no < $before
GROUP BY place
