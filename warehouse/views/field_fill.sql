-- Which share of each week's readings has which field, by parser version and source, against the weeks before?
CREATE VIEW field_fill AS
WITH told AS (
    SELECT source, parser, CAST(date_trunc('week', first_seen_at) AS DATE) AS week, count(*) AS readings,
        count(published_on) AS published, count(updated_on) AS updated, count(subtitle) AS subtitle,
        count(native_id) AS native_id, count(office) AS office, count(source_label) AS source_label,
        count_if(len(block_spans) > 0) AS body, count_if(len(images) > 0) AS images,
        count_if(len(attachments) > 0) AS attachments, count_if(len(videos) > 0) AS videos,
        count_if(len(editions) > 0) AS editions, count_if(len(related) > 0) AS related,
        count_if(title_basis = 'stated') AS title
    FROM kept.readings
    GROUP BY ALL
), counted AS (
    UNPIVOT told
    ON published, updated, subtitle, native_id, office, source_label, body, images, attachments, videos, editions,
        related, title
    INTO NAME field VALUE filled
), compared AS (
    SELECT *, sum(filled) OVER earlier / sum(readings) OVER earlier AS share_before, sum(readings) OVER earlier AS before
    FROM counted
    WINDOW earlier AS (
        PARTITION BY source, parser, field ORDER BY week ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT source, parser,
    field, -- published, updated, subtitle, native_id, office, source_label, body, images, attachments, videos, editions, related or title
    week, -- Monday of the week in which the versions were first seen
    readings, -- readings of that week
    filled, -- of these, those that have the field; a title counts where the document states one
    filled / readings AS share, -- filled of readings, 0 to 1
    share_before, -- the share over all weeks before; null in the first
    coalesce(readings >= 10 AND before >= 20 AND share_before - filled / readings >= 0.5, false) AS has_dropped -- by half of all readings or more
FROM compared
ORDER BY week DESC, source, parser, field;
