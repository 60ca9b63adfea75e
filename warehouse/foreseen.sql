-- What does the archive know of the size of this source's past, and how much of the planned days does it hold?
WITH windows_done AS (
    SELECT since, until, arg_max(state, batch_no) AS state, arg_max(listed, batch_no) AS listed
    FROM kept.windows
    WHERE source = $source
    GROUP BY ALL
    HAVING arg_max(state, batch_no) = 'done'
), kept_of AS (
    SELECT ref, size, split_part(ref, ':', 1) AS kind FROM kept.captures WHERE source = $source
), released AS (
    SELECT DISTINCT r.release_id, coalesce(r.published_on, r.address_on) AS day
    FROM kept.readings AS r
    SEMI JOIN (SELECT release_id FROM kept.outcomes WHERE source = $source) AS o USING (release_id)
)
SELECT
    (SELECT sum(listed) / sum(until - since) FROM windows_done) AS listed_a_day,
    (SELECT count(*) / (max(day) - min(day) + 1) FROM released HAVING count(DISTINCT day) >= 7) AS released_a_day,
    (SELECT count(DISTINCT release_id) FROM released JOIN planned AS p ON day >= p.since AND day < p.until) AS held,
    (SELECT avg(size) FROM kept_of WHERE kind IN ('http', 'https', 'item')) AS page_bytes,
    (SELECT avg(size) FROM kept_of WHERE kind = 'list') AS list_bytes,
    (SELECT avg(size) FROM kept_of WHERE kind IN ('attachment', 'image')) AS file_bytes,
    (SELECT count(DISTINCT ref) FILTER (kind IN ('attachment', 'image'))
        / nullif(count(DISTINCT ref) FILTER (kind IN ('http', 'https')), 0) FROM kept_of) AS files_a_page,
    (SELECT avg(items) FROM kept.listings WHERE source = $source AND items > 0) AS items_a_list
