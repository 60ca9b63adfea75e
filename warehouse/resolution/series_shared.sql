-- Which series do both releases belong to?
SELECT DISTINCT one.series
FROM relations AS one
JOIN relations AS other USING (series)
WHERE $first IN (one.release_a, one.release_b) AND $second IN (other.release_a, other.release_b)
ORDER BY 1
