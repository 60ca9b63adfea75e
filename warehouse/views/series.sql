-- Which notices come again and again, and which releases are their issues?
CREATE VIEW series AS
WITH issues AS (
    SELECT release_a AS release_id, series FROM relations WHERE kind = 'series'
    UNION
    SELECT release_b, series FROM relations WHERE kind = 'series'
)
SELECT
    i.series,
    i.release_id,
    r.publisher,
    r.title,
    r.day,
    count(*) OVER (PARTITION BY i.series) AS issues -- how many the archive holds
FROM issues AS i
JOIN releases AS r USING (release_id)
ORDER BY i.series, r.day, i.release_id;
