-- What did later readings of the same version change? These are our parsers' doing, no publisher's.
CREATE VIEW rereadings AS
SELECT
    r.release_id, r.version, r.reading, r.publisher,
    b.parser AS parser_before, -- parser and version of the reading before
    r.parser,
    list_filter([
        CASE WHEN r.title IS DISTINCT FROM b.title THEN 'title' END,
        CASE WHEN r.subtitle IS DISTINCT FROM b.subtitle THEN 'subtitle' END,
        CASE WHEN r.body IS DISTINCT FROM b.body THEN 'body' END,
        CASE WHEN r.publisher IS DISTINCT FROM b.publisher THEN 'publisher' END,
        CASE WHEN r.native_id IS DISTINCT FROM b.native_id THEN 'native_id' END,
        CASE WHEN r."language" IS DISTINCT FROM b."language" THEN 'language' END,
        CASE WHEN r.url IS DISTINCT FROM b.url THEN 'url' END,
        CASE WHEN (r.published_at, r.published_on) IS DISTINCT FROM (b.published_at, b.published_on) THEN 'published' END,
        CASE WHEN (r.updated_at, r.updated_on) IS DISTINCT FROM (b.updated_at, b.updated_on) THEN 'updated' END,
        CASE WHEN (r.event_at, r.event_on) IS DISTINCT FROM (b.event_at, b.event_on) THEN 'event' END,
        CASE WHEN r.editions IS DISTINCT FROM b.editions THEN 'editions' END,
        CASE WHEN r.related IS DISTINCT FROM b.related THEN 'related' END,
        CASE WHEN coalesce(r.links, []) IS DISTINCT FROM coalesce(b.links, []) THEN 'links' END,
        CASE WHEN r.images IS DISTINCT FROM b.images THEN 'images' END,
        CASE WHEN r.attachments IS DISTINCT FROM b.attachments THEN 'attachments' END,
        CASE WHEN r.videos IS DISTINCT FROM b.videos THEN 'videos' END,
        CASE WHEN r.office IS DISTINCT FROM b.office THEN 'office' END,
        CASE WHEN r.source_label IS DISTINCT FROM b.source_label THEN 'source_label' END,
        CASE WHEN r.rights IS DISTINCT FROM b.rights THEN 'rights' END
    ], lambda name: name IS NOT NULL) AS differs, -- fields in which the two readings differ; none where only rules or evidence do
    b.title AS title_before, -- headline in the reading before
    r.title,
    r.journal_at
FROM kept.readings AS r
JOIN kept.readings AS b ON b.reading_no = r.supersedes AND b.version = r.version
WHERE r.reading > 1
ORDER BY r.reading_no;
