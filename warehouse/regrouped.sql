-- Which releases can belong to another group of editions since a batch? Those whose ties changed, with the groups they
-- were in; each told by its first reading.
CREATE OR REPLACE TEMP TABLE regrouped AS
WITH changed AS (
    SELECT min(reading_no) AS first_reading, release_id
    FROM touched
    WHERE release_id IN (
        SELECT unnest([release_a, release_b])
        FROM kept.relations
        WHERE kind IN ('edition', 'script_variant', 'same_as') AND batch_no > $after
    )
    GROUP BY release_id
)
FROM changed
UNION
SELECT first_reading, release_id
FROM published.edition_groups
WHERE eldest IN (
    SELECT eldest FROM published.edition_groups WHERE first_reading IN (SELECT first_reading FROM changed)
)
