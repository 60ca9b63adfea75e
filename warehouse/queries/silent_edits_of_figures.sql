-- Which figures were changed without a word that they had been?
SELECT e.seen_at, e.publisher, e.title_after AS title, d.lost, d.gained, e.release_id, e.version
FROM silent_edits AS e,
    LATERAL (
        SELECT string_agg(part[3:-3], ', ') FILTER (starts_with(part, '[-')) AS lost,
            string_agg(part[3:-3], ', ') FILTER (starts_with(part, '{+')) AS gained
        FROM (SELECT unnest(regexp_extract_all(e.diff, '\[-.*?-\]|\{\+.*?\+\}')) AS part)
    ) AS d
WHERE e.figures > 0
ORDER BY e.seen_at DESC, e.release_id;
