-- Readings packed so that a few of them are soon read: what hardly repeats lies in frames of 2,048 rows. The packing
-- that DuckDB chooses unfolds the dictionary of ten times as many for each, and takes more room.

ALTER TABLE kept.readings RENAME TO readings_before;

-- Every reading of every version of every release, in load order; a later row names the one it supersedes.
CREATE TABLE kept.readings (
    batch_no BIGINT NOT NULL, -- batch that added the reading
    journal_at TIMESTAMPTZ NOT NULL, -- when the archive came to know it
    reading_no BIGINT NOT NULL, -- load order over the whole archive
    supersedes BIGINT, -- reading_no it takes the place of, null for the first
    release_id VARCHAR NOT NULL USING COMPRESSION zstd, -- the release; given once, never recomputed
    version INTEGER NOT NULL, -- counts the publisher's edits, from 1
    reading INTEGER NOT NULL, -- counts our parsers' readings of the same capture, from 1
    edit_kind VARCHAR, -- what the version changed: text, image_only, attachment_only; null for version 1
    changed_fields VARCHAR[] NOT NULL, -- fields that differ from the version before
    release_seen_at TIMESTAMPTZ NOT NULL, -- when the release was first seen
    first_seen_at TIMESTAMPTZ NOT NULL, -- when this version was first seen
    input_sha256 VARCHAR NOT NULL USING COMPRESSION zstd, -- the capture it was read from
    content_sha256 VARCHAR NOT NULL USING COMPRESSION zstd, -- digest of that capture's decoded bytes
    item INTEGER NOT NULL, -- which item of the capture, from 0
    source VARCHAR NOT NULL, -- the source that brought it
    publisher VARCHAR NOT NULL, -- the body that issued it, or unknown
    publisher_basis VARCHAR NOT NULL, -- stated or inferred
    native_id VARCHAR USING COMPRESSION zstd, -- the publisher's own number for it
    language VARCHAR NOT NULL, -- en, zh-Hant, zh-Hans, another BCP 47 tag, zh or und
    url VARCHAR USING COMPRESSION zstd, -- canonical address
    title VARCHAR NOT NULL USING COMPRESSION zstd, -- headline as printed, or derived (see evidence)
    title_basis VARCHAR NOT NULL, -- stated, or inferred where the document has no headline
    subtitle VARCHAR USING COMPRESSION zstd, -- second headline
    body VARCHAR NOT NULL USING COMPRESSION zstd, -- plain text, blocks joined by a blank line, tables as Markdown
    block_spans STRUCT(kind VARCHAR, level TINYINT, start INTEGER, length INTEGER)[] NOT NULL, -- blocks of the body by position
    published_at TIMESTAMPTZ, -- instant of publication, if stated to the minute
    published_on DATE, -- local day of publication
    published_precision VARCHAR, -- second, minute, day or month
    published_zone VARCHAR, -- zone of that day
    published_text VARCHAR USING COMPRESSION zstd, -- what was written
    published_rule VARCHAR, -- rule that chose it
    published_basis VARCHAR, -- stated or inferred
    updated_at TIMESTAMPTZ, -- instant of the stated update
    updated_on DATE, -- local day of the stated update
    updated_precision VARCHAR, -- second, minute, day or month
    updated_zone VARCHAR, -- zone of that day
    updated_text VARCHAR USING COMPRESSION zstd, -- what was written
    updated_rule VARCHAR, -- rule that chose it
    updated_basis VARCHAR, -- stated or inferred
    event_at TIMESTAMPTZ, -- instant of the event it tells of
    event_on DATE, -- local day of that event, never taken for the day of issue
    event_precision VARCHAR, -- second, minute, day or month
    event_zone VARCHAR, -- zone of that day
    event_text VARCHAR USING COMPRESSION zstd, -- what was written
    event_rule VARCHAR, -- rule that chose it
    event_basis VARCHAR, -- stated or inferred
    address_on DATE, -- day read from the address
    listed_at TIMESTAMPTZ, -- instant given by the listing
    editions STRUCT("language" VARCHAR, url VARCHAR, rule VARCHAR)[] NOT NULL, -- other languages it points to
    related VARCHAR[] NOT NULL, -- releases it links to
    rendition VARCHAR NOT NULL, -- page, feed_item, api, print, gateway or file
    images STRUCT(url VARCHAR, caption VARCHAR, "position" INTEGER, sha256 VARCHAR)[] NOT NULL, -- pictures with captions
    attachments STRUCT(url VARCHAR, "label" VARCHAR, media_type VARCHAR, "position" INTEGER, sha256 VARCHAR)[] NOT NULL, -- files that belong to it
    videos STRUCT(url VARCHAR, "label" VARCHAR, "position" INTEGER)[] NOT NULL, -- films linked from it
    source_label VARCHAR, -- who the page says issued it
    office VARCHAR, -- issuing office
    rights STRUCT("label" VARCHAR, url VARCHAR, note VARCHAR), -- terms it may be used under
    parser VARCHAR NOT NULL, -- parser and version that read it
    completeness VARCHAR NOT NULL, -- whole, unverifiable or partial
    evidence VARCHAR NOT NULL USING COMPRESSION zstd, -- for each field the rule, text and basis, as JSON
    text_sha256 VARCHAR NOT NULL USING COMPRESSION zstd, -- fingerprint of the body, blind to format, spacing and case
    body_sha256 VARCHAR NOT NULL USING COMPRESSION zstd, -- digest of the body without white space, blind to nothing else
    links STRUCT(url VARCHAR, "label" VARCHAR)[], -- links of the text in order, each address once, with the words they stand on; null in readings made before they were kept
    fields_sha256 VARCHAR USING COMPRESSION zstd -- SHA-256 of all fields as the parser told them, its own name, rules and evidence aside; null in readings made before it was kept
);

INSERT INTO kept.readings BY NAME FROM kept.readings_before;

DROP TABLE kept.readings_before;
