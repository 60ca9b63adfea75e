-- Which releases do the addresses of the wanted pages name that have parameters which count for nothing today?
SELECT k.kind, k.value, k.release_id, k.batch_no, k.rowid AS place
FROM kept.release_keys AS k
WHERE k.kind = 'canonical_url' AND contains(k.value, '?')
    AND split_part(k.value, '?', 1) IN (SELECT page FROM wanted_pages)
    AND regexp_matches(k.value, $outdated)
