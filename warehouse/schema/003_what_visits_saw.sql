-- What visits to the web need to know of earlier ones, and what they asked of whom.

-- Who stood in a source's lists: a row when a candidate enters, leaves or returns.
CREATE TABLE kept.candidates_seen (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run that looked
    source VARCHAR NOT NULL, -- the source whose list it is
    list VARCHAR NOT NULL, -- address of the list, as the source's file has it
    ref VARCHAR NOT NULL, -- the candidate within the source
    name VARCHAR NOT NULL, -- what a person calls it: its title in the list
    state VARCHAR NOT NULL, -- entered, left or returned
    how VARCHAR, -- of one that left: end, older than all that is listed; middle, from among its neighbours
    listed_on DATE, -- day the list gives it
    observed_at TIMESTAMPTZ NOT NULL -- the run's timestamp
);

ALTER TABLE kept.captures ADD COLUMN etag VARCHAR;
ALTER TABLE kept.captures ADD COLUMN last_modified VARCHAR;
ALTER TABLE kept.runs ADD COLUMN asked VARCHAR;

COMMENT ON COLUMN kept.captures.etag IS 'ETag it came with, sent back when the address is asked again';
COMMENT ON COLUMN kept.captures.last_modified IS 'Last-Modified it came with, sent back when the address is asked again';
COMMENT ON COLUMN kept.runs.asked IS 'requests by host and day, as JSON; null where nobody was asked';
