-- How far backfills came, and which numbers follow each other without a hole.

-- The windows of backfills: half-open ranges of days of one source, a row whenever their state changed.
CREATE TABLE kept.windows (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that planned or did it
    source VARCHAR NOT NULL, -- the source
    since DATE NOT NULL, -- first day of it
    until DATE NOT NULL, -- day after its last
    state VARCHAR NOT NULL, -- planned, done, partial (some items failed, or its days are not over), gap (not listed any more) or failed (its lists gave no answer)
    reason VARCHAR NOT NULL, -- why it is not done, in words; empty otherwise
    listed BIGINT NOT NULL, -- items its lists name
    held BIGINT NOT NULL, -- of these, those that are releases of the archive
    failed BIGINT NOT NULL, -- of these, those that could not be had
    listed_from DATE, -- of a gap, the oldest day that is still listed, where there is one
    observed_at TIMESTAMPTZ NOT NULL -- when that was so
);

-- Sources whose numbers have no holes, as their files say; a row whenever that changed.
CREATE TABLE kept.numberings (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that read the file
    source VARCHAR NOT NULL, -- the source
    pattern VARCHAR, -- regular expression whose groups are series and number; null when no longer dense
    why VARCHAR -- what makes us believe that no number is left out
);
