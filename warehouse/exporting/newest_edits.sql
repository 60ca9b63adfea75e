-- The edits of wanted releases that were seen last.
WITH newest AS (
    SELECT *
    FROM edits
    SEMI JOIN rows_wanted USING (release_id)
    ORDER BY seen_at DESC, release_id, version DESC
    LIMIT $entries
)
SELECT n.release_id, n.version, n.seen_at, n.title_after AS title, v.url, v.publisher, v."language", v.published_at,
    v.content_sha256, v.rights."label" AS rights, left(n.diff, 600) AS told
FROM newest AS n
JOIN versions AS v USING (release_id, version)
QUALIFY row_number() OVER (PARTITION BY n.release_id, n.version ORDER BY v.reading DESC) = 1
ORDER BY n.seen_at DESC, n.release_id, n.version DESC
