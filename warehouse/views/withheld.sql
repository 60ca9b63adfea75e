-- Which releases does the operator keep from readers, since when and why?
CREATE VIEW withheld AS
SELECT
    release_id,
    decided_at AS since, -- when that was decided
    reason,
    decided_by
FROM kept.decisions
QUALIFY row_number() OVER (PARTITION BY release_id ORDER BY batch_no DESC, rowid DESC) = 1 AND decision = 'withheld'
ORDER BY decided_at DESC, release_id;
