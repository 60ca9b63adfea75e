-- What visits to sources of the web leave behind besides captures and outcomes.

-- Where a source was left off, one row whenever that changed.
CREATE TABLE kept.source_state (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that left off there
    source VARCHAR NOT NULL, -- the source
    watermark VARCHAR NOT NULL -- newest day read of each of its lists, and the last full pass, as JSON
);

-- Each page of a list whenever it differed from the time before.
CREATE TABLE kept.listings (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that read the list
    source VARCHAR NOT NULL, -- the source whose list it is
    url VARCHAR NOT NULL, -- address of the page
    items BIGINT NOT NULL, -- items on it
    newest DATE, -- newest day among them
    oldest DATE, -- oldest day among them
    content_sha256 VARCHAR NOT NULL -- digest of the page; its capture has the same
);

-- What was odd about a source, raised once for each cause and cleared when it has gone.
CREATE TABLE kept.alarms (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that noticed
    source VARCHAR NOT NULL, -- the source it concerns
    cause VARCHAR NOT NULL, -- what kind of trouble
    state VARCHAR NOT NULL, -- raised or cleared
    reason VARCHAR NOT NULL, -- in words, with the address
    observed_at TIMESTAMPTZ NOT NULL -- the run's timestamp
);
