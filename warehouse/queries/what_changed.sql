-- What exactly did a release lose and gain between two of its versions?
SET VARIABLE release = (SELECT release_id FROM edits WHERE figures > 0 LIMIT 1); -- an id; as it stands, the one with the weightiest edit of a figure
SET VARIABLE before = 1; -- version that is compared
SET VARIABLE after = 2; -- version it is compared with

SELECT field, lost, gained
FROM diff(
    getvariable('release'), CAST(getvariable('before') AS INTEGER), CAST(getvariable('after') AS INTEGER)
);
