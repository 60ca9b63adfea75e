-- Which releases went from where they stood in the period, or came back?
SELECT
    v.release_id, v.publisher, v.title, r.language, v.url, v.last_seen_at, v.first_absent_at, v.confirmed_at, v.returned_at,
    list_last(v.evidence).reason AS said, v.still_at,
    count(*) OVER () AS of_all
FROM vanished AS v
LEFT JOIN releases AS r ON r.release_id = v.release_id
WHERE ((v.confirmed_at >= $since_at AND v.confirmed_at < $until_at)
        OR (v.returned_at >= $since_at AND v.returned_at < $until_at))
    AND v.$of_publisher
ORDER BY v.confirmed_at DESC, v.url
LIMIT $most
