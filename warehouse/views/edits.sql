-- What did publishers change in releases they had issued, the weightiest first?
CREATE VIEW edits AS
SELECT
    r.release_id,
    r.version,
    r.edit_kind,
    r.changed_fields,
    e.kinds,
    e.weight,
    e.figures,
    e.names,
    e.words_added,
    e.words_removed,
    e.silent,
    r.first_seen_at AS seen_at, -- when the edit was first seen
    r.publisher,
    before.title AS title_before, -- headline before the edit
    r.title AS title_after, -- headline after the edit
    CASE WHEN e.diff IS NULL THEN 'not described: met before edits were; see `communique show ' || r.release_id || ' --diff`'
    ELSE array_to_string(list_transform(e.diff, lambda p, i:
        CASE WHEN i = 1 THEN p.field || ': ' WHEN e.diff[i - 1].field != p.field THEN chr(10) || p.field || ': ' ELSE '' END
        || CASE p.op
            WHEN '-' THEN '[-' || p."text" || '-]'
            WHEN '+' THEN '{+' || p."text" || '+}'
            WHEN '~' THEN ' … '
            ELSE p."text"
        END), '') END AS diff -- the difference by field: [-lost-], {+gained+}, … for what stayed and is left out
FROM kept.readings AS r
JOIN kept.readings AS before ON before.reading_no = r.supersedes
LEFT JOIN kept.edits AS e ON e.release_id = r.release_id AND e.version = r.version
WHERE r.version > 1 AND r.reading = 1
ORDER BY e.weight DESC NULLS LAST, r.first_seen_at DESC, r.release_id, r.version;
