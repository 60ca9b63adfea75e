-- What ties those releases to each other, both ways? No tie is older than the batch of the first of them.
CREATE OR REPLACE TEMP TABLE ties AS
WITH asserted AS (
    SELECT release_a, release_b
    FROM kept.relations
    WHERE kind IN ('edition', 'script_variant') AND batch_no >= $since
        AND release_a IN (SELECT release_id FROM regrouped)
    QUALIFY row_number() OVER (PARTITION BY kind, release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
        AND state = 'asserted'
),
numbered AS (
    SELECT a.first_reading AS one, b.first_reading AS other
    FROM asserted
    JOIN regrouped AS a ON a.release_id = release_a
    JOIN regrouped AS b ON b.release_id = release_b
)
FROM numbered
UNION
SELECT other, one FROM numbered
