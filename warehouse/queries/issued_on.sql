-- What did an office issue on a day, and at what time?
SET VARIABLE day = (SELECT day FROM coverage_daily GROUP BY day ORDER BY sum(releases) DESC, day DESC LIMIT 1); -- such as '2026-01-27'; as it stands, the busiest
SET VARIABLE office = NULL; -- part of an office's or publisher's name, such as 'lighthouse'; NULL for all

SELECT
    published_at,
    publisher,
    coalesce(office, source_label) AS issued_by,
    language,
    title,
    url
FROM releases
WHERE day = CAST(getvariable('day') AS DATE)
    AND contains(lower(concat_ws(' ', publisher, office, source_label)), lower(coalesce(CAST(getvariable('office') AS VARCHAR), '')))
ORDER BY published_at, release_id;
