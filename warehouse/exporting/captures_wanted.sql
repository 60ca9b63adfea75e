-- Which captures belong to the wanted releases: every version, what repeats them, and the files they name?
-- One that also brought a release which is not published is left out: its bytes would tell what is withheld. The
-- published copy does not say which did; so while anything is withheld, all that may bring several are left out.
WITH releases_wanted AS (SELECT DISTINCT release_id FROM rows_wanted),
wanted AS (
    SELECT release_id, version, reading, item, input_sha256, url, title, attachments, images
    FROM versions
    SEMI JOIN releases_wanted USING (release_id)
),
inputs AS (
    SELECT input_sha256, min_by(url, (version, reading, item)) AS url, min_by(title, (version, reading, item)) AS title,
        count(DISTINCT release_id) AS releases
    FROM wanted
    GROUP BY ALL
),
repeated AS (
    SELECT o.input_sha256
    FROM kept.outcomes AS o
    SEMI JOIN releases_wanted USING (release_id)
    WHERE o.input_sha256 IS NOT NULL AND o.input_sha256 NOT IN (SELECT input_sha256 FROM inputs)
),
named AS (
    SELECT unnest(list_transform(attachments, lambda a: a.sha256)) AS content_sha256 FROM wanted
    UNION
    SELECT unnest(list_transform(images, lambda i: i.sha256)) FROM wanted
),
barred AS (
    SELECT o.input_sha256
    FROM kept.outcomes AS o
    WHERE o.release_id IS NOT NULL AND o.input_sha256 IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM versions AS v WHERE v.release_id = o.release_id)
    UNION
    SELECT c.input_sha256
    FROM kept.captures AS c
    LEFT JOIN kept.outcomes AS o USING (input_sha256)
    WHERE $is_withholding AND (o.item > 0 OR o.rendition IN ('feed_item', 'api')
        OR regexp_matches(c.media_type, 'mbox|rss|atom|xml$|json|message|multipart'))
        AND NOT contains(c.media_type, 'xhtml')
),
found AS (
    SELECT c.*, i.title, CASE WHEN i.releases = 1 THEN coalesce(c.url, i.url) ELSE c.url END AS address, 'page' AS kind
    FROM kept.captures AS c
    JOIN inputs AS i USING (input_sha256)
    UNION ALL
    SELECT c.*, c.name, c.url, 'repeat' FROM kept.captures AS c SEMI JOIN repeated USING (input_sha256)
    UNION ALL
    SELECT c.*, c.name, c.url, 'file'
    FROM kept.captures AS c
    SEMI JOIN named USING (content_sha256)
    WHERE starts_with(c.ref, 'attachment:') OR starts_with(c.ref, 'image:')
)
SELECT raw_path, raw_offset, min(input_sha256) AS input_sha256, min(address) AS address, min(title) AS title,
    max(kind) AS kind, bool_or(input_sha256 IN (SELECT input_sha256 FROM barred)) AS is_barred
FROM found
GROUP BY raw_path, raw_offset
ORDER BY raw_path, raw_offset
