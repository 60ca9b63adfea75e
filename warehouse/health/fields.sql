-- Which fields do the last readings of a source have, and which had those before them?
WITH first_run AS (
    SELECT min_by(run_id, batch_no) AS run_id FROM kept.batches WHERE source = $source
), last_read AS (
    SELECT r.parser, b.run_id = (SELECT run_id FROM first_run) AS is_first,
        row_number() OVER (ORDER BY r.reading_no DESC) AS back,
        published_on IS NOT NULL AS published, updated_on IS NOT NULL AS updated, subtitle IS NOT NULL AS subtitle,
        native_id IS NOT NULL AS native_id, office IS NOT NULL AS office, source_label IS NOT NULL AS source_label,
        len(block_spans) > 0 AS body, len(images) > 0 AS images, len(attachments) > 0 AS attachments,
        len(videos) > 0 AS videos, len(editions) > 0 AS editions, len(related) > 0 AS related,
        title_basis = 'stated' AS title
    FROM kept.readings AS r
    JOIN kept.batches AS b USING (batch_no)
    WHERE r.source = $source AND r.reading = 1 AND b.flow IN ('ingest', 'revisit')
    ORDER BY r.reading_no DESC
    LIMIT 200
), told AS (
    UNPIVOT (SELECT *, back <= $recent AND NOT is_first AS is_recent FROM last_read)
    ON published, updated, subtitle, native_id, office, source_label, body, images, attachments, videos, editions,
        related, title
    INTO NAME field VALUE is_filled
)
SELECT field,
    arg_min(parser, back) AS parser,
    count(*) FILTER (is_recent) AS recent,
    count(*) FILTER (NOT is_recent) AS earlier,
    count(*) FILTER (is_recent AND is_filled) AS filled_recent,
    count(*) FILTER (NOT is_recent AND is_filled) AS filled_earlier
FROM told
GROUP BY field
ORDER BY field;
