-- The wanted releases that were first seen last.
WITH newest AS (
    SELECT release_id, min(first_seen_at) AS seen_at
    FROM rows_wanted
    GROUP BY ALL
    ORDER BY seen_at DESC, release_id
    LIMIT $entries
)
SELECT n.release_id, v.version, n.seen_at, v.title, v.url, v.publisher, v."language", v.published_at, v.content_sha256,
    v.rights."label" AS rights, left(v.body, 600) AS told
FROM newest AS n
JOIN rows_wanted AS v USING (release_id)
QUALIFY row_number() OVER (PARTITION BY n.release_id ORDER BY v.version DESC, v.reading DESC) = 1
ORDER BY n.seen_at DESC, n.release_id
