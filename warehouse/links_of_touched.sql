-- Where on the web do the touched releases link to, as they read now?
CREATE OR REPLACE TEMP TABLE links_of_touched AS
SELECT release_id, publisher, url, published.bare_of(url) AS bare, md5_number_lower(bare) AS address
FROM (
    SELECT release_id, publisher,
        unnest(list_concat(
            related, list_transform(editions, lambda e: e.url), list_transform(coalesce(links, []), lambda l: l.url)
        )) AS url
    FROM kept.readings
    WHERE reading_no IN (SELECT reading_no FROM touched) AND is_current AND twin_since IS NULL
)
WHERE url LIKE 'http%'
