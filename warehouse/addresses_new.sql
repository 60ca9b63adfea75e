-- Which addresses came up after a batch?
CREATE OR REPLACE TEMP TABLE new_addresses AS
SELECT DISTINCT md5_number_lower(published.bare_of(url)) AS address
FROM (
    SELECT "ref" AS url FROM kept.outcomes WHERE batch_no > $after AND "ref" LIKE 'http%'
    UNION ALL
    SELECT "value" FROM kept.release_keys WHERE batch_no > $after AND kind = 'canonical_url'
)
