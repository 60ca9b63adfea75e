-- The wanted readings as records, a line each.
SELECT CAST(to_json(struct_pack(
    address_on := r.address_on,
    attachments := list_transform(r.attachments, lambda a: struct_pack(
        "label" := a."label", media_type := a.media_type, "position" := a."position", sha256 := a.sha256, url := a.url)),
    blocks := published.blocks_of(r.body, r.block_spans),
    body := r.body,
    changed_fields := r.changed_fields,
    completeness := r.completeness,
    content_sha256 := r.content_sha256,
    "day" := r."day",
    day_basis := r.day_basis,
    edit_kind := r.edit_kind,
    editions := list_transform(r.editions, lambda e: struct_pack("language" := e."language", "rule" := e."rule", url := e.url)),
    event := stamp_told(r.event_at, r.event_on, r.event_precision, r.event_zone, r.event_text, r.event_rule, r.event_basis),
    evidence := CAST(r.evidence AS JSON),
    first_seen_at := instant_told(r.release_seen_at),
    images := list_transform(r.images, lambda i: struct_pack(
        caption := i.caption, "position" := i."position", sha256 := i.sha256, url := i.url)),
    input_sha256 := r.input_sha256,
    item := r.item,
    "language" := r."language",
    links := coalesce(list_transform(r.links, lambda l: struct_pack("label" := l."label", url := l.url)), []),
    listed_at := instant_told(r.listed_at),
    native_id := r.native_id,
    office := r.office,
    parser := r.parser,
    published := stamp_told(r.published_at, r.published_on, r.published_precision, r.published_zone, r.published_text,
        r.published_rule, r.published_basis),
    publisher := r.publisher,
    reading := r.reading,
    related := r.related,
    release_id := r.release_id,
    rendition := r.rendition,
    rights := CASE WHEN r.rights IS NOT NULL THEN
        struct_pack("label" := r.rights."label", note := r.rights.note, url := r.rights.url) END,
    source := r.source,
    source_label := r.source_label,
    subtitle := r.subtitle,
    title := r.title,
    updated := stamp_told(r.updated_at, r.updated_on, r.updated_precision, r.updated_zone, r.updated_text,
        r.updated_rule, r.updated_basis),
    url := r.url,
    version := r.version,
    version_seen_at := instant_told(r.first_seen_at),
    videos := list_transform(r.videos, lambda v: struct_pack("label" := v."label", "position" := v."position", url := v.url))
)) AS VARCHAR) || chr(10) AS line
FROM kept.readings AS r
SEMI JOIN keys_wanted AS w USING (release_id, version, reading)
