-- Which releases lack a language in which their publisher usually issues, and how long have they waited for it?
CREATE VIEW missing_editions AS
WITH issued AS MATERIALIZED ( -- times in minutes, as those of a calendar take twenty times as long; the rest is looked up at the end
    SELECT r.reading_no, r.publisher, coalesce(r.office, '') AS office, split_part(r."language", '-', 1) AS tongue,
        epoch_us(coalesce(r.published_at, r.release_seen_at)) // 60_000_000 AS issued_in, e.eldest
    FROM kept.readings AS r
    LEFT JOIN published.edition_groups AS e ON e.release_id = r.release_id
    WHERE r.is_current AND r.twin_since IS NULL AND r.publisher != 'unknown'
),
offices AS MATERIALIZED (
    SELECT publisher, office, tongue, row_number() OVER () AS office_no, count(*) AS issues
    FROM issued
    GROUP BY publisher, office, tongue
),
grouped AS MATERIALIZED (
    SELECT i.reading_no, i.issued_in, i.eldest, o.office_no, i.tongue
    FROM issued AS i
    JOIN offices AS o ON o.publisher = i.publisher AND o.office = i.office AND o.tongue = i.tongue
),
pairs AS (
    SELECT i.office_no, other.tongue AS wanted, i.reading_no, other.issued_in - i.issued_in AS after
    FROM grouped AS i
    JOIN grouped AS other ON other.eldest = i.eldest AND other.tongue != i.tongue
),
usual AS MATERIALIZED (
    SELECT p.office_no, p.wanted, count(DISTINCT p.reading_no) / any_value(o.issues) AS share,
        greatest(quantile_cont(p.after, 0.95), 0) AS usual_minutes
    FROM pairs AS p
    JOIN offices AS o ON o.office_no = p.office_no
    GROUP BY p.office_no, p.wanted
    HAVING count(DISTINCT p.reading_no) >= 5 AND share >= 0.6
),
now_known AS (SELECT epoch_us(max(journal_at)) // 60_000_000 AS minute FROM kept.batches),
waiting AS (
    SELECT i.reading_no, u.wanted, u.share, u.usual_minutes, now_known.minute // 60 - i.issued_in // 60 AS hours_waited
    FROM grouped AS i
    JOIN usual AS u ON u.office_no = i.office_no
    CROSS JOIN now_known
    LEFT JOIN grouped AS other ON other.eldest = i.eldest AND other.tongue = u.wanted
    WHERE other.reading_no IS NULL AND now_known.minute - i.issued_in > 2 * u.usual_minutes + 60
)
SELECT
    r.release_id,
    r.publisher,
    r.title,
    r."language",
    w.wanted AS missing, -- the language it is not known to be in
    r.day,
    r.url,
    round(w.share, 3) AS usually, -- share of this office's releases in that language that have the other one too
    round(w.usual_minutes / 60, 1) AS usual_hours, -- within which 95 of 100 of them had it
    w.hours_waited -- until the archive was last written to
FROM waiting AS w
JOIN kept.readings AS r ON r.reading_no = w.reading_no
WHERE NOT regexp_matches(r.title, '只有[中英]文|(Chinese|English) only')
ORDER BY r.day DESC, r.publisher, r.title;
