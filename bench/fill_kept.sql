-- The rows those texts leave in the archive.
INSERT INTO kept.readings BY NAME
SELECT batch_no, journal_at, i + 1 AS reading_no, CASE WHEN is_edit THEN i - 7 END AS supersedes, release_id,
    1 + CAST(is_edit AS INTEGER) AS version, 1 AS reading, CASE WHEN is_edit THEN 'text' END AS edit_kind,
    CASE WHEN is_edit THEN ['body'] ELSE [] END AS changed_fields,
    TIMESTAMPTZ '2015-01-05 00:00:00+00' + to_seconds(n // 200 * 60_000) AS release_seen_at,
    journal_at - to_minutes(10) AS first_seen_at, input_sha256, content_sha256, 0 AS item, source, publisher,
    'stated' AS publisher_basis, native_id, CASE WHEN is_chinese THEN 'zh-Hant' ELSE 'en' END AS "language", url, title,
    'stated' AS title_basis, body,
    list_transform(blocks, lambda b, k: {'kind': 'paragraph', 'level': NULL,
        'start': coalesce(list_sum(list_transform(blocks[:k - 1], lambda before: length(before) + 2)), 0), 'length': length(b)})
        AS block_spans,
    issued_at AS published_at, CAST(issued_at AS DATE) AS published_on, 'minute' AS published_precision,
    'Asia/Hong_Kong' AS published_zone, strftime(issued_at, '%B %d, %Y at %H:%M') AS published_text,
    'foot' AS published_rule, 'stated' AS published_basis, CAST(issued_at AS DATE) AS address_on, [] AS editions,
    -- One in two links to a sister page; of these, one in a thousand to a page that is not here.
    CASE WHEN n % 1000 = 0 THEN ['https://www.' || publisher || '/press/P9' || lpad(CAST(n AS VARCHAR), 9, '0') || '.htm']
        WHEN n % 2 = 0 THEN ['https://www.' || publisher || '/press/P' || lpad(CAST(n // 3 * 3 AS VARCHAR), 10, '0') || '.htm']
        ELSE [] END AS related, 'page' AS rendition,
    CASE WHEN n % 4 = 0 THEN [{'url': url || '/a.jpg', 'caption': title, 'position': 0, 'sha256': NULL}] ELSE [] END AS images,
    [] AS attachments, [] AS videos, 'Office ' || chance(n // 3, 'o', 300) AS office, 'generated/1' AS parser, 'whole' AS completeness,
    '{"title":{"rule":"h1","text":"' || title || '","basis":"stated","others":[]},"published":{"rule":"foot","text":"'
        || strftime(issued_at, '%B %d, %Y') || '","basis":"stated","others":[]},"body":{"rule":"article","text":"","basis":"stated"}}'
        AS evidence,
    md5('text' || i) || md5('t' || i) AS text_sha256, md5('body' || i) || md5('b' || i) AS body_sha256
FROM texts;

INSERT INTO kept.captures BY NAME
SELECT batch_no, input_sha256, source, url AS ref, title AS name, url AS target_uri, url,
    journal_at - to_minutes(10) AS captured_at, 'text/html' AS media_type, 'utf-8' AS charset, 200 AS status,
    20_000 + chance(i, 's', 9_000) AS size, md5('payload' || i) || md5('p' || i) AS payload_sha256, content_sha256,
    md5('none') || md5('facts') AS facts_sha256, '{}' AS stated, 'whole' AS completeness,
    source || '/' || strftime(journal_at, '%Y/%m') || '/run-' || batch_no || '.warc.gz' AS raw_path, i % 200 * 7000 AS raw_offset
FROM texts;

INSERT INTO kept.outcomes BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, source, url AS ref, 0 AS item, title AS name,
    CASE WHEN is_edit THEN 'revised' ELSE 'new' END AS outcome, '' AS reason, release_id,
    1 + CAST(is_edit AS INTEGER) AS version, 'page' AS rendition, input_sha256, journal_at AS observed_at
FROM texts;

INSERT INTO kept.release_keys BY NAME
SELECT batch_no, release_id, k.kind, k.value, 'generated' AS rule
FROM texts, unnest([{'kind': 'native_id', 'value': native_id}, {'kind': 'canonical_url', 'value': url}]) AS u(k)
WHERE NOT is_edit;

INSERT INTO kept.candidates_seen BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, source, 'https://www.' || publisher || '/press/' AS list, url AS ref,
    title AS name, 'entered' AS state, CAST(issued_at AS DATE) AS listed_on, journal_at AS observed_at
FROM texts
WHERE NOT is_edit;

INSERT INTO kept.edits BY NAME
SELECT batch_no, release_id, 2 AS version, 'generated' AS "rule", ['figure'] AS kinds, 260 + chance(i, 'w', 40) AS weight,
    1 AS figures, 0 AS names, 1 AS words_added, 1 AS words_removed, chance(i, 'q', 3) > 1 AS silent,
    [{'field': 'body', 'op': '=', 'text': body[-90:-6]}, {'field': 'body', 'op': '-', 'text': '4,000'},
     {'field': 'body', 'op': '+', 'text': body[-5:]}] AS diff
FROM texts
WHERE is_edit;

INSERT INTO kept.batches BY NAME
SELECT batch_no, 'run' || batch_no || '-1' AS batch_id, 'run' || batch_no AS run_id, first(source) AS source,
    'journal/' || batch_no || '.warc.gz' AS journal_path, first(journal_at) AS journal_at, first(journal_at) AS run_at,
    'ingest' AS flow, '{"new":' || count_if(NOT is_edit) || ',"revised":' || count_if(is_edit) || '}' AS counts
FROM texts
GROUP BY batch_no
ORDER BY batch_no;

INSERT INTO kept.runs BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, first(source) AS source, 'ingest' AS flow, first(journal_at) AS run_at,
    first(journal_at) + to_seconds(40) AS finished_at, count(*) AS listed, count_if(NOT is_edit) AS new,
    count_if(is_edit) AS revised, 0 AS unchanged, 0 AS duplicate, 0 AS quarantined, 0 AS failed, 0 AS skipped,
    '{}' AS parsers, NULL AS asked
FROM texts
GROUP BY batch_no
ORDER BY batch_no;

INSERT INTO kept.alarms BY NAME
SELECT batch_no, 'run' || batch_no AS run_id, first(source) AS source, 'short' AS cause,
    CASE WHEN batch_no % 300 < 150 THEN 'raised' ELSE 'cleared' END AS state, 'half of what was listed' AS reason,
    first(journal_at) AS observed_at
FROM texts
GROUP BY batch_no
HAVING batch_no % 150 = 0;
