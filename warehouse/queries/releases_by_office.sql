-- Which offices issued how many releases, and what was the last of each?
SELECT
    publisher,
    coalesce(office, source_label) AS issued_by, -- what the page says of its office, else of its source
    count(*) AS releases,
    max(day) AS last_day,
    arg_max(title, (day, release_id)) AS last_title
FROM releases
GROUP BY publisher, issued_by
ORDER BY releases DESC, publisher, issued_by;
