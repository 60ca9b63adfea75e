-- Which of these links lead where we never were?
INSERT INTO published.links_unmet
SELECT release_id, publisher, url, bare, published.shape_of(bare)
FROM links_of_touched
WHERE address NOT IN (SELECT address FROM published.addresses_met WHERE address IN (SELECT address FROM links_of_touched))
