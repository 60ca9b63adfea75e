-- Where do releases that something came of after a batch link to, and we were never there?
INSERT INTO published.links_unmet
SELECT release_id, publisher, url, published.bare_of(url) AS bare, published.shape_of(bare)
FROM (
    SELECT release_id, publisher,
        unnest(list_concat(
            related, list_transform(editions, lambda e: e.url), list_transform(coalesce(links, []), lambda l: l.url)
        )) AS url
    FROM kept.readings
    WHERE is_current AND twin_since IS NULL AND release_id IN (
        SELECT release_id FROM kept.readings WHERE batch_no > $after
        UNION ALL
        SELECT release_id FROM kept.outcomes WHERE batch_no > $after
        UNION ALL
        SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
    )
)
WHERE url LIKE 'http%' AND md5_number_lower(bare) NOT IN (FROM published.addresses_met)
