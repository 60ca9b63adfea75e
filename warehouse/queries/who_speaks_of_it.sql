-- Which publishers and offices speak of something, how often, and since when?
SET VARIABLE words = 'harbour'; -- all wanted, in any form

SELECT v.publisher, coalesce(v.office, v.source_label) AS issued_by, count(*) AS releases, min(v.day) AS first_day, max(v.day) AS last_day
FROM hits(getvariable('words')) AS h
JOIN versions AS v USING (reading_no)
GROUP BY v.publisher, issued_by
ORDER BY releases DESC, v.publisher, issued_by;
