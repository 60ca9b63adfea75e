-- Which releases lack a language in which their publisher usually issues, and how long have they waited for it?
CREATE VIEW missing_editions AS
WITH issued AS (
    SELECT r.release_id, r.publisher, coalesce(r.office, '') AS office, split_part(r."language", '-', 1) AS tongue,
        r.title, r.day, r.url, r."language", coalesce(r.published_at, r.first_seen_at) AS issued_at,
        e.edition_group
    FROM releases AS r
    LEFT JOIN editions AS e USING (release_id)
    WHERE r.publisher != 'unknown'
),
pairs AS (
    SELECT i.publisher, i.office, i.tongue, other.tongue AS wanted, i.release_id,
        date_diff('minute', i.issued_at, other.issued_at) AS after
    FROM issued AS i
    JOIN issued AS other ON other.edition_group = i.edition_group AND other.tongue != i.tongue
),
counted AS (SELECT publisher, office, tongue, count(*) AS issues FROM issued GROUP BY ALL),
usual AS (
    SELECT p.publisher, p.office, p.tongue, p.wanted, count(DISTINCT p.release_id) / any_value(c.issues) AS share,
        greatest(quantile_cont(p.after, 0.95), 0) AS usual_minutes
    FROM pairs AS p
    JOIN counted AS c USING (publisher, office, tongue)
    GROUP BY ALL
    HAVING count(DISTINCT p.release_id) >= 5 AND share >= 0.6
),
now_known AS (SELECT max(journal_at) AS at FROM kept.batches)
SELECT
    i.release_id,
    i.publisher,
    i.title,
    i."language",
    u.wanted AS missing, -- the language it is not known to be in
    i.day,
    i.url,
    round(u.share, 3) AS usually, -- share of this office's releases in that language that have the other one too
    round(u.usual_minutes / 60, 1) AS usual_hours, -- within which 95 of 100 of them had it
    date_diff('hour', i.issued_at, now_known.at) AS hours_waited -- until the archive was last written to
FROM issued AS i
JOIN usual AS u USING (publisher, office, tongue)
CROSS JOIN now_known
WHERE NOT regexp_matches(i.title, '只有[中英]文|(Chinese|English) only')
    AND date_diff('minute', i.issued_at, now_known.at) > 2 * u.usual_minutes + 60
    AND NOT EXISTS (
        SELECT 1 FROM issued AS other WHERE other.edition_group = i.edition_group AND other.tongue = u.wanted
    )
ORDER BY i.day DESC, i.publisher, i.title;
