-- Whoever is tied to a release that knows of an elder one knows of it, too; to be asked until nothing is new.
UPDATE eldest_met AS known SET eldest = told.eldest
FROM (
    SELECT one, min(eldest) AS eldest FROM ties JOIN eldest_met ON first_reading = other GROUP BY one
) AS told
WHERE told.one = known.first_reading AND told.eldest < known.eldest
