-- How large is the archive, and when did it last learn something?
SELECT
    (SELECT count(*) FROM releases) AS releases,
    (SELECT count(*) FROM versions WHERE reading = 1) AS versions,
    (SELECT count(*) FROM kept.captures) AS captures,
    (SELECT count(*) FROM quarantine_open) AS quarantine_open,
    (SELECT max("day") FROM releases) AS newest_day,
    (SELECT max(journal_at) FROM kept.batches) AS last_written;
