-- Which addresses came up after a batch that were never met before?
INSERT INTO published.addresses_met
SELECT DISTINCT md5_number_lower(published.bare_of(url)) AS address
FROM (
    SELECT "ref" AS url FROM kept.outcomes WHERE batch_no > $after AND "ref" LIKE 'http%'
    UNION ALL
    SELECT "value" FROM kept.release_keys WHERE batch_no > $after AND kind = 'canonical_url'
)
WHERE address NOT IN (FROM published.addresses_met)
