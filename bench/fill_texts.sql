-- What is told of each text from row $first to $last: every seventeenth is an edit of the text eight rows before.
CREATE OR REPLACE TEMP TABLE texts AS
WITH placed AS (
    SELECT i,
        CASE WHEN i % 17 = 16 THEN i - 8 ELSE i END AS n,
        i // 200 + 1 AS batch_no,
        TIMESTAMPTZ '2015-01-05 00:10:00+00' + to_seconds(i // 200 * 60_000) AS journal_at,
        i % 17 = 16 AS is_edit
    FROM range($first, $last) AS r(i)
),
told AS (
    SELECT *,
        'P' || lpad(CAST(n AS VARCHAR), 10, '0') AS native_id,
        'ministry' || chance(n // 3, 'p', 40) || '.example' AS publisher, -- of three at a time, the first two are one release
        'source' || chance(n // 3, 'p', 40) AS source,
        n % 3 = 0 AS is_chinese,
        journal_at - to_minutes(30 + chance(i, 'm', 3000)) AS issued_at
    FROM placed
)
SELECT t.*,
    md5('release' || n)[:16] AS release_id,
    'https://www.' || publisher || '/press/' || native_id || '.htm' AS url,
    CASE WHEN is_chinese THEN p.zh[chance(n, 't', 2048)][:16] || n ELSE p.en[chance(n, 't', 2048)][:60] || n END AS title,
    list_transform(range(6), lambda k: CASE WHEN is_chinese THEN p.zh[chance(n, k, 2048)] ELSE p.en[chance(n, k, 2048)] END
        || CASE WHEN k = 5 THEN CAST(1000 + chance(i, 'b', 90000) AS VARCHAR) ELSE '' END) AS blocks,
    array_to_string(blocks, e'\n\n') AS body,
    md5('content' || i) || md5('c' || i) AS content_sha256,
    md5('input' || i) || md5('i' || i) AS input_sha256
FROM told AS t, pool AS p
ORDER BY i
