-- Which figures, days and times does one language edition state that the other does not?
CREATE VIEW edition_differences AS
WITH newest AS (
    SELECT *
    FROM kept.edition_differences
    QUALIFY row_number() OVER (PARTITION BY release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
)
SELECT
    d.release_a,
    a."language" AS language_a, -- its language
    a.title AS title_a, -- its headline
    d.only_a,
    d.release_b,
    b."language" AS language_b, -- its language
    b.title AS title_b, -- its headline
    d.only_b,
    a.publisher,
    a.day,
    d.version_a,
    d.version_b,
    d."rule"
FROM newest AS d
JOIN releases AS a ON a.release_id = d.release_a
JOIN releases AS b ON b.release_id = d.release_b
JOIN relations AS j ON j.kind = 'edition' AND j.release_a = d.release_a AND j.release_b = d.release_b
WHERE len(d.only_a) + len(d.only_b) > 0
ORDER BY len(d.only_a) + len(d.only_b) DESC, a.day DESC, d.release_a;
