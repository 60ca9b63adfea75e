-- What came of asking again for pages that were read before, and which of them went away.

-- Every time a page was asked for again when that was due, or answered otherwise than the time before.
CREATE TABLE kept.visits (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that asked
    source VARCHAR NOT NULL, -- the source whose page it is
    ref VARCHAR NOT NULL, -- the candidate within the source
    host VARCHAR NOT NULL, -- host and port that were asked
    step VARCHAR NOT NULL, -- why then: the age at which it was due, sample, still there, left its list, listed again, listed
    answer VARCHAR NOT NULL, -- same, changed, absent (404, 410, or what the host shows for what it has not) or failed
    reason VARCHAR, -- of absent and failed: why, in words
    asked_at TIMESTAMPTZ NOT NULL -- the run's timestamp
);

-- Pages that were gone, confirmed to be gone, or back: a row for each absence that counts and for each return.
CREATE TABLE kept.absences (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that asked for the page
    source VARCHAR NOT NULL, -- the source whose page it is
    ref VARCHAR NOT NULL, -- the candidate within the source
    release_id VARCHAR NOT NULL, -- the release that stood there
    url VARCHAR NOT NULL, -- address that was asked for
    state VARCHAR NOT NULL, -- missing, vanished (the third absence, 48 hours or more after the first) or returned
    reason VARCHAR NOT NULL, -- what the server said
    observed_at TIMESTAMPTZ NOT NULL -- timestamp of the run that asked
);

COMMENT ON COLUMN kept.runs.listed IS 'candidates the source listed, and pages asked again that it lists no more; the seven counts below add up to it';
