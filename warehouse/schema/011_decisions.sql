-- What was read again with better parsers, and which releases an operator keeps from readers.

-- How far reparses came: a row for each raw file that was gone through, and one without a path for each that ended.
CREATE TABLE kept.reparsed (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the reparse
    scope VARCHAR NOT NULL, -- what it was asked to read, and with which parsers, as JSON
    path VARCHAR, -- raw file that was gone through; null when the reparse had ended
    pages BIGINT NOT NULL, -- captures of it that were read again
    changed BIGINT NOT NULL, -- readings that were added since the row before
    rejected BIGINT NOT NULL, -- readings left as they were since the row before, as today's parser gives no record
    observed_at TIMESTAMPTZ NOT NULL -- when that was so
);

-- Decisions of an operator about a release, a row each; the last one holds.
CREATE TABLE kept.decisions (
    batch_no BIGINT NOT NULL, -- batch that brought the decision
    journal_at TIMESTAMPTZ NOT NULL, -- when the archive came to know it
    release_id VARCHAR NOT NULL, -- the release it concerns
    decision VARCHAR NOT NULL, -- withheld, or shown when that was undone
    reason VARCHAR NOT NULL, -- why, in the operator's words
    decided_by VARCHAR NOT NULL, -- account of the machine that decided
    decided_at TIMESTAMPTZ NOT NULL -- when
);
