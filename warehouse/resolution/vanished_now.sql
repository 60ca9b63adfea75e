-- Which releases are confirmed to be gone, and did not come back?
SELECT release_id FROM kept.absences
QUALIFY row_number() OVER (PARTITION BY source, ref ORDER BY batch_no DESC, rowid DESC) = 1 AND state = 'vanished'
