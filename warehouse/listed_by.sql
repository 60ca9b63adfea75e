-- Which sources list the touched releases, as these read now? No outcome of theirs is older than their first reading.
-- By numbers: of a whole archive names and addresses would not fit into memory at once.
CREATE OR REPLACE TEMP TABLE read_now AS
SELECT reading_no, release_id
FROM kept.readings
WHERE reading_no IN (SELECT reading_no FROM touched) AND is_current AND twin_since IS NULL AND day_basis != 'first seen';

CREATE OR REPLACE TEMP TABLE listed_by AS
SELECT reading_no, source, row_number() OVER (PARTITION BY reading_no ORDER BY source) = 1 AS is_first
FROM (
    SELECT DISTINCT n.reading_no, o.source
    FROM kept.outcomes AS o
    JOIN read_now AS n ON n.release_id = o.release_id
    WHERE o.batch_no >= $since
)
