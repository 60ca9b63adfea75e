-- Which releases do the addresses of the wanted pages name that have parameters which count for nothing today?
SELECT k.kind, k.value, k.release_id, k.batch_no, k.rowid AS place
FROM kept.release_keys AS k
WHERE k.kind = 'canonical_url' AND (contains(k.value, '?') OR contains(k.value, ';'))
    AND regexp_replace(k.value, '(?i)(;jsessionid=|[?]).*$', '') IN (SELECT page FROM wanted_pages)
    AND regexp_matches(k.value, $outdated)
