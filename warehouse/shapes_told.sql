-- Which shapes have the addresses of publishers of whom something came after a batch? At least three releases have each.
INSERT INTO published.address_shapes
SELECT publisher, shape, min(source)
FROM published.listed_in
WHERE shape IS NOT NULL AND publisher NOT IN (SELECT publisher FROM published.address_shapes)
GROUP BY publisher, shape
HAVING count(DISTINCT release_id) >= 3
