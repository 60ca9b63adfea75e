-- How long after the time they state are releases of each publisher seen, and which took longest?
SELECT
    d.publisher,
    d.releases,
    round(d.median_hours, 1) AS median_hours,
    round(d.slowest_hours, 1) AS slowest_hours,
    d.seen_before,
    arg_max(r.title, (r.first_seen_at - r.published_at, r.release_id)) AS slowest
FROM delays AS d
JOIN releases AS r ON r.publisher = d.publisher AND r.source = d.source AND r.published_basis = 'stated'
GROUP BY ALL
ORDER BY median_hours DESC, d.publisher;
