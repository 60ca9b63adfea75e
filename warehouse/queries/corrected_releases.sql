-- Which releases were corrected, replaced or withdrawn, and how was that said?
SELECT 'edited in place' AS how, e.kinds[1] AS what, CAST(e.seen_at AS DATE) AS on_day, e.publisher, e.title_after AS title,
    e.release_id AS release, NULL AS corrects
FROM edits AS e
WHERE list_has_any(e.kinds, ['correction', 'withdrawal'])
UNION ALL
SELECT 'another release', j.kind, r.day, r.publisher, r.title, j.release_a, j.release_b
FROM relations AS j
JOIN releases AS r ON r.release_id = j.release_a
WHERE j.kind = 'corrects'
ORDER BY on_day DESC, release;
