-- What did publishers change in the period, the weightiest first?
-- The view writes a difference out for reading; kept.edits has its pieces apart.
SELECT
    e.release_id, e.version, e.publisher, e.title_before, e.title_after, e.kinds, e.weight, e.silent, e.seen_at,
    e.words_added, e.words_removed, e.changed_fields, r.language, r.url, k.diff AS pieces,
    count(*) OVER () AS of_all
FROM edits AS e
LEFT JOIN kept.edits AS k ON k.release_id = e.release_id AND k.version = e.version
LEFT JOIN releases AS r ON r.release_id = e.release_id
WHERE e.seen_at >= $since_at AND e.seen_at < $until_at
    AND e.$of_publisher
ORDER BY e.weight DESC NULLS LAST, e.seen_at DESC, e.release_id, e.version
LIMIT $most
