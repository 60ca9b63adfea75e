-- What joins which releases, by which rule and on what evidence?
CREATE VIEW relations AS
WITH last_state AS (
    SELECT *
    FROM kept.relations
    QUALIFY row_number() OVER (PARTITION BY kind, release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
)
SELECT
    kind, -- corrects, syndicated, series, edition, script_variant, same_as, replaced_at_address or related
    release_a,
    release_b,
    score,
    evidence ->> '$.why' AS why, -- in words, what decided
    "rule",
    series,
    evidence,
    journal_at
FROM last_state
WHERE state = 'asserted';
