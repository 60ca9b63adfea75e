-- The append-only tables of the archive. What stands behind a column becomes its COMMENT.

CREATE SCHEMA kept;

-- Every decided batch, in the order it was loaded; one journal file each.
CREATE TABLE kept.batches (
    batch_no BIGINT NOT NULL, -- load order, the journal's line in the manifest; every other table is keyed to it
    batch_id VARCHAR NOT NULL, -- name of the batch: run and number within it
    run_id VARCHAR NOT NULL, -- the run that read the batch
    source VARCHAR NOT NULL, -- the source it came from
    journal_path VARCHAR NOT NULL, -- journal file below raw/ that repeats every row of the batch
    journal_at TIMESTAMPTZ NOT NULL, -- when the decisions were sealed; as_of goes by this
    run_at TIMESTAMPTZ NOT NULL, -- when that run began
    flow VARCHAR NOT NULL, -- what ran: ingest, backfill or replay
    counts VARCHAR NOT NULL -- candidates of the batch by outcome, as JSON
);

-- One row per run and source, written when the run ends.
CREATE TABLE kept.runs (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run; its first part is its UTC start
    source VARCHAR NOT NULL, -- the source visited
    flow VARCHAR NOT NULL, -- what ran: ingest, backfill or replay
    run_at TIMESTAMPTZ NOT NULL, -- the one timestamp shared by all the run wrote
    finished_at TIMESTAMPTZ NOT NULL, -- when the run had loaded everything
    listed BIGINT NOT NULL, -- candidates the source listed; the seven counts below add up to it
    new BIGINT NOT NULL, -- candidates that became a new release
    revised BIGINT NOT NULL, -- candidates that became a new version
    unchanged BIGINT NOT NULL, -- candidates that read as before
    duplicate BIGINT NOT NULL, -- candidates that repeat a release already held
    quarantined BIGINT NOT NULL, -- candidates put aside with a reason
    failed BIGINT NOT NULL, -- candidates that could not be read this time
    skipped BIGINT NOT NULL, -- candidates left alone by rule
    parsers VARCHAR NOT NULL -- parsers and resolver with their versions, as JSON
);

-- Every sealed file that holds captures of a loaded batch.
CREATE TABLE kept.raw_files (
    batch_no BIGINT NOT NULL, -- batch that brought the file in
    path VARCHAR NOT NULL, -- file below raw/
    size BIGINT NOT NULL, -- bytes
    sha256 VARCHAR NOT NULL, -- digest of the whole file, as in the manifest
    records BIGINT NOT NULL -- WARC records in it
);

-- What came back, once per preserved body; the bytes lie in the vault.
CREATE TABLE kept.captures (
    batch_no BIGINT NOT NULL, -- batch that loaded the capture
    input_sha256 VARCHAR NOT NULL, -- digest of content and stated facts together; readings point here
    source VARCHAR NOT NULL, -- the source it came from
    ref VARCHAR NOT NULL, -- the candidate within the source
    name VARCHAR NOT NULL, -- what a person calls it: file name or title in the list
    target_uri VARCHAR NOT NULL, -- WARC-Target-URI of its record
    url VARCHAR, -- address it was fetched from, or that the operator states
    captured_at TIMESTAMPTZ NOT NULL, -- when it was fetched or read, or seen_at where stated
    media_type VARCHAR NOT NULL, -- as declared, or by the file's ending
    charset VARCHAR, -- as declared
    status INTEGER, -- HTTP status, null for files
    size BIGINT NOT NULL, -- bytes of the decoded body
    payload_sha256 VARCHAR NOT NULL, -- digest of the body as sent
    content_sha256 VARCHAR NOT NULL, -- digest of the decoded bytes; sameness goes by this
    facts_sha256 VARCHAR NOT NULL, -- digest of what the operator stated
    stated VARCHAR NOT NULL, -- what the operator stated, as JSON
    completeness VARCHAR NOT NULL, -- whole, unverifiable or partial
    raw_path VARCHAR NOT NULL, -- WARC file below raw/
    raw_offset BIGINT NOT NULL -- byte offset of the record in that file
);

-- Every key that names a release, with the rule that gave it; later keys are aliases.
CREATE TABLE kept.release_keys (
    batch_no BIGINT NOT NULL, -- batch that added the key
    release_id VARCHAR NOT NULL, -- the release it names
    kind VARCHAR NOT NULL, -- native_id, canonical_url, title_day or text, strongest first
    value VARCHAR NOT NULL, -- the key itself
    rule VARCHAR NOT NULL -- how it came to name this release
);

-- Every reading of every version of every release, in load order; a later row names the one it supersedes.
CREATE TABLE kept.readings (
    batch_no BIGINT NOT NULL, -- batch that added the reading
    journal_at TIMESTAMPTZ NOT NULL, -- when the archive came to know it
    reading_no BIGINT NOT NULL, -- load order over the whole archive
    supersedes BIGINT, -- reading_no it takes the place of, null for the first
    release_id VARCHAR NOT NULL, -- the release; given once, never recomputed
    version INTEGER NOT NULL, -- counts the publisher's edits, from 1
    reading INTEGER NOT NULL, -- counts our parsers' readings of the same capture, from 1
    edit_kind VARCHAR, -- what the version changed: text, image_only, attachment_only; null for version 1
    changed_fields VARCHAR[] NOT NULL, -- fields that differ from the version before
    release_seen_at TIMESTAMPTZ NOT NULL, -- when the release was first seen
    first_seen_at TIMESTAMPTZ NOT NULL, -- when this version was first seen
    input_sha256 VARCHAR NOT NULL, -- the capture it was read from
    content_sha256 VARCHAR NOT NULL, -- digest of that capture's decoded bytes
    item INTEGER NOT NULL, -- which item of the capture, from 0
    source VARCHAR NOT NULL, -- the source that brought it
    publisher VARCHAR NOT NULL, -- the body that issued it, or unknown
    publisher_basis VARCHAR NOT NULL, -- stated or inferred
    native_id VARCHAR, -- the publisher's own number for it
    language VARCHAR NOT NULL, -- en, zh-Hant, zh-Hans, another BCP 47 tag, zh or und
    url VARCHAR, -- canonical address
    title VARCHAR NOT NULL, -- headline as printed, or derived (see evidence)
    title_basis VARCHAR NOT NULL, -- stated, or inferred where the document has no headline
    subtitle VARCHAR, -- second headline
    body VARCHAR NOT NULL USING COMPRESSION zstd, -- plain text, blocks joined by a blank line, tables as Markdown
    block_spans STRUCT(kind VARCHAR, level TINYINT, start INTEGER, length INTEGER)[] NOT NULL, -- blocks of the body by position
    published_at TIMESTAMPTZ, -- instant of publication, if stated to the minute
    published_on DATE, -- local day of publication
    published_precision VARCHAR, -- second, minute, day or month
    published_zone VARCHAR, -- zone of that day
    published_text VARCHAR, -- what was written
    published_rule VARCHAR, -- rule that chose it
    published_basis VARCHAR, -- stated or inferred
    updated_at TIMESTAMPTZ, -- instant of the stated update
    updated_on DATE, -- local day of the stated update
    updated_precision VARCHAR, -- second, minute, day or month
    updated_zone VARCHAR, -- zone of that day
    updated_text VARCHAR, -- what was written
    updated_rule VARCHAR, -- rule that chose it
    updated_basis VARCHAR, -- stated or inferred
    event_at TIMESTAMPTZ, -- instant of the event it tells of
    event_on DATE, -- local day of that event, never taken for the day of issue
    event_precision VARCHAR, -- second, minute, day or month
    event_zone VARCHAR, -- zone of that day
    event_text VARCHAR, -- what was written
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
    evidence VARCHAR NOT NULL, -- for each field the rule, text and basis, as JSON
    text_sha256 VARCHAR NOT NULL, -- fingerprint of the body, blind to format, spacing and case
    body_sha256 VARCHAR NOT NULL -- digest of the body without white space, blind to nothing else
);

-- What became of a candidate, one row per change of state; repeats are counted in runs.
CREATE TABLE kept.outcomes (
    batch_no BIGINT NOT NULL, -- batch that decided it
    run_id VARCHAR NOT NULL, -- the run it happened in
    source VARCHAR NOT NULL, -- the source that listed it
    ref VARCHAR NOT NULL, -- the candidate within the source
    item INTEGER NOT NULL, -- which item of the capture, from 0
    name VARCHAR NOT NULL, -- what a person calls it: file name or title in the list
    outcome VARCHAR NOT NULL, -- new, revised, unchanged, duplicate, quarantined, failed or skipped
    reason VARCHAR NOT NULL, -- why, in words
    release_id VARCHAR, -- the release it made, changed or repeats
    version INTEGER, -- the version it made or repeats
    rendition VARCHAR, -- form it came in
    input_sha256 VARCHAR, -- digest of its content and stated facts; null when there were no bytes
    quarantine_id VARCHAR, -- the quarantine it lies in
    observed_at TIMESTAMPTZ NOT NULL -- the run's timestamp
);

-- Bad input with the reason a person understands; open until a later outcome of the same candidate.
CREATE TABLE kept.quarantine (
    batch_no BIGINT NOT NULL, -- batch that put it aside
    quarantine_id VARCHAR NOT NULL, -- its name, the same for the same input and reason
    source VARCHAR NOT NULL, -- the source that listed it
    ref VARCHAR NOT NULL, -- the candidate within the source
    item INTEGER NOT NULL, -- which item of the capture, from 0
    name VARCHAR NOT NULL, -- what a person calls it
    stage VARCHAR NOT NULL, -- where it stopped: pick-up, decode, parse or validate
    reason VARCHAR NOT NULL, -- why, in words
    parser VARCHAR, -- parser and version that refused it
    input_sha256 VARCHAR -- its bytes in captures, null when none were kept
);
