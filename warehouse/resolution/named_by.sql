-- Which releases do the wanted keys name? Oldest first.
SELECT DISTINCT ON (k.kind, k.value, k.release_id) k.kind, k.value, k.release_id, k.batch_no
FROM kept.release_keys AS k
SEMI JOIN wanted_keys AS w USING (kind, value)
ORDER BY k.batch_no, k.rowid
