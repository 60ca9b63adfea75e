-- What does the archive lack, and how do we know?
CREATE VIEW gaps AS
WITH days AS (
    SELECT source, day, CAST(date_trunc('week', day) AS DATE) AS week FROM published.listed_in GROUP BY ALL
), span AS (
    SELECT source, min(day) AS first_day, max(day) AS last_day, min(week) AS first_week, max(week) AS last_week
    FROM days
    GROUP BY source
), weeks AS (
    -- Weeks in which the source issued anything, whole ones: the first and the last may have been seen in part.
    SELECT DISTINCT d.source, d.week
    FROM days AS d
    JOIN span AS s USING (source)
    WHERE d.week > s.first_week AND d.week < s.last_week
), rhythm AS (
    -- On which weekdays a source mostly issues something, learned from the archive itself; share as of a silent day,
    -- in all other weeks.
    SELECT w.source, n.number AS weekday, least(1, count(d.day) / (count(*) - 1)) AS share
    FROM weeks AS w
    CROSS JOIN range(7) AS n(number)
    LEFT JOIN days AS d ON d.source = w.source AND d.day = w.week + CAST(n.number AS INTEGER)
    GROUP BY ALL
    HAVING count(*) >= 6 AND count(d.day) / count(*) >= 0.5
), current_windows AS (
    SELECT * FROM windows
), usual AS (
    SELECT t.source, t.day, r.share, row_number() OVER (PARTITION BY t.source ORDER BY t.day) AS place
    FROM (
        SELECT source, CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day FROM span
    ) AS t
    JOIN rhythm AS r ON r.source = t.source AND r.weekday = isodow(t.day) - 1
), silent AS (
    SELECT u.*, w.week IS NOT NULL AS in_live_week
    FROM usual AS u
    ANTI JOIN days AS d ON d.source = u.source AND d.day = u.day
    LEFT JOIN weeks AS w ON w.source = u.source AND w.week = CAST(date_trunc('week', u.day) AS DATE)
), missing AS (
    -- Neither days whose lists were asked for, nor those that are silent in other years too, as holidays are.
    SELECT s.source, s.day, s.share,
        s.place - row_number() OVER (PARTITION BY s.source ORDER BY s.day) AS island
    FROM silent AS s
    ANTI JOIN current_windows AS w ON w.source = s.source AND s.day >= w.since AND s.day < w.until
    ANTI JOIN silent AS other ON other.source = s.source AND other.in_live_week AND other.share >= 0.8
        AND month(other.day) = month(s.day) AND day(other.day) = day(s.day) AND year(other.day) != year(s.day)
), release_shapes AS (
    SELECT publisher, shape, min(source) AS source
    FROM published.address_shapes
    GROUP BY publisher, shape
    HAVING sum(releases) >= 3
), lacking AS (
    SELECT h.source, l.bare, min(l.url) AS url, min(l.release_id) AS release_id, count(DISTINCT l.release_id) AS n
    FROM published.links_unmet AS l
    JOIN release_shapes AS h ON h.publisher = l.publisher AND h.shape = l.shape
    GROUP BY ALL
), dead AS (
    SELECT a.source, substring(a.ref, 13) AS url, a.status, min(a.captured_at) AS seen_at
    FROM kept.captures AS a
    LEFT JOIN (
        SELECT source, ref, max(batch_no) AS batch_no FROM kept.captures WHERE starts_with(ref, 'list:') GROUP BY ALL
    ) AS alive ON alive.source = a.source AND a.ref = 'answer:' || alive.ref
    WHERE starts_with(a.ref, 'answer:list:') AND a.status IN (404, 410)
        AND (alive.batch_no IS NULL OR a.batch_no > alive.batch_no)
    GROUP BY ALL
), dense AS (
    SELECT source, pattern, why
    FROM kept.numberings
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY batch_no DESC) = 1
), numbered AS (
    SELECT DISTINCT m.source, d.why, m.day, regexp_extract(m.named, d.pattern, 1) AS series,
        TRY_CAST(regexp_extract(m.named, d.pattern, 2) AS BIGINT) AS number
    FROM published.listed_in AS m
    JOIN dense AS d USING (source)
    WHERE regexp_matches(m.named, d.pattern)
), holes AS (
    SELECT *, lead(number) OVER following AS next_number, lead(day) OVER following AS next_day
    FROM numbered
    WINDOW following AS (PARTITION BY source, series ORDER BY number, day)
)
SELECT
    source,
    kind, -- window, days, link, list or number
    since, -- first day of it, where days are known
    until, -- day after its last
    url, -- address of the page or list that is not here
    reason, -- how we know, in words
    release_id -- of a page that is linked to, a release that does
FROM (
    SELECT source, 'window' AS kind, since, coalesce(listed_from, until) AS until, NULL AS url,
        state || CASE WHEN reason = '' THEN '' ELSE ': ' || reason END AS reason, NULL AS release_id
    FROM current_windows
    WHERE state != 'done'
    UNION ALL
    SELECT source, 'days', min(day), max(day) + 1, NULL,
        format('no release on {}; this source has one on {}% of all other such weekdays',
            CASE WHEN count(*) = 1 THEN 'this day' ELSE format('{} days', count(*)) END,
            CAST(round(100 * avg(share)) AS INTEGER)),
        NULL
    FROM missing
    GROUP BY source, island
    HAVING product(1 - share) <= 0.1 -- so many silent days in a row come about by chance once in ten times
    UNION ALL
    SELECT source, 'link', NULL, NULL, url,
        CASE WHEN n = 1 THEN 'a release of the publisher links to it'
            ELSE format('{} releases of the publisher link to it', n) END,
        release_id
    FROM lacking
    UNION ALL
    SELECT source, 'list', NULL, NULL, url, format('status {} since {}', status, strftime(seen_at, '%Y-%m-%d')), NULL
    FROM dead
    UNION ALL
    SELECT source, 'number', least(day, next_day), greatest(day, next_day) + 1, NULL,
        format('{} of {} not here; {}',
            CASE WHEN next_number = number + 2 THEN format('number {}', number + 1)
                ELSE format('numbers {} to {}', number + 1, next_number - 1) END,
            CASE WHEN series = '' THEN 'the source' ELSE series END, why),
        NULL
    FROM holes
    WHERE next_number > number + 1
)
ORDER BY source, kind, since DESC, url;
