-- How many requests did each host get from us on each day, and what came of them?
CREATE VIEW courtesy AS
SELECT
    of_host.host, -- host, with its port where that is unusual
    of_host."day", -- UTC day
    sum(of_host.requests)::BIGINT AS requests, -- requests sent, robots.txt and lists included
    sum(of_host.bytes)::BIGINT AS bytes, -- bytes received
    sum(of_host.not_modified)::BIGINT AS not_modified, -- answers that what we hold is still so
    sum(of_host.failed)::BIGINT AS failed, -- answers that were errors, or broke off
    sum(coalesce(of_host.barred, 0))::BIGINT AS barred, -- of these, with 401, 403, 429 or 451: we may not come in
    list(DISTINCT r.source ORDER BY r.source) AS sources -- sources on whose behalf they were sent
FROM kept.runs AS r,
    unnest(from_json(r.asked, '[{"host": "VARCHAR", "day": "DATE", "requests": "BIGINT", "bytes": "BIGINT",
        "not_modified": "BIGINT", "failed": "BIGINT", "barred": "BIGINT"}]')) AS t(of_host)
WHERE r.asked IS NOT NULL
GROUP BY of_host.host, of_host."day"
ORDER BY of_host."day" DESC, of_host.host;
