-- What upkeep did, and how far the rolling check of raw files has come.

-- A row each time the archive was maintained.
CREATE TABLE kept.upkeep (
    batch_no BIGINT NOT NULL, -- batch that wrote this row
    run_id VARCHAR NOT NULL, -- the run of upkeep
    observed_at TIMESTAMPTZ NOT NULL, -- when it began
    first_line BIGINT, -- first line of the manifest whose file was hashed again; null when there is none
    last_line BIGINT, -- last of them; below the first where the check went on from the beginning of the list
    files BIGINT NOT NULL, -- files that were hashed again and read against their rows
    bytes BIGINT NOT NULL, -- their size
    findings BIGINT NOT NULL, -- what was wrong with them or with the list
    oldest_check_at TIMESTAMPTZ, -- no file was looked at longer ago than then; null in the first round
    shrunk_bytes BIGINT NOT NULL, -- bytes that copying gave back, of the writer's database
    removed BIGINT NOT NULL, -- left-over files of dead runs that were removed from staging
    free_bytes BIGINT NOT NULL, -- bytes left on the disk of the archive
    head_line BIGINT NOT NULL, -- number of the last line of the manifest
    head_sha256 VARCHAR NOT NULL -- its digest, as noted in the second place where there is one
);
