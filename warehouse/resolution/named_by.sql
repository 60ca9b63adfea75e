-- Which releases do the wanted keys name?
SELECT k.kind, k.value, k.release_id, k.batch_no, k.rowid AS place
FROM kept.release_keys AS k
SEMI JOIN wanted_keys AS w USING (kind, value)
