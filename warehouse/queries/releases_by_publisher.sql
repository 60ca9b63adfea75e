-- How many releases of each publisher does the archive hold, in which languages, and from when to when?
SELECT
    publisher,
    count(*) AS releases,
    string_agg(DISTINCT language, ', ' ORDER BY language) AS languages,
    min(day) AS first_day,
    max(day) AS last_day,
    count_if(version > 1) AS edited
FROM releases
GROUP BY publisher
ORDER BY releases DESC, publisher;
