-- Edits of readings that came after a batch, joined with what they changed and written out for a person.
INSERT INTO published.edits
SELECT
    r.batch_no, r.release_id, r.version, r.edit_kind, r.changed_fields, e.kinds, e.weight, e.figures, e.names,
    e.words_added, e.words_removed, e.silent, r.first_seen_at, r.publisher, before.title, r.title,
    CASE WHEN e.diff IS NULL THEN 'not described: met before edits were; see `communique show ' || r.release_id || ' --diff`'
    ELSE array_to_string(list_transform(e.diff, lambda p, i:
        CASE WHEN i = 1 THEN p.field || ': ' WHEN e.diff[i - 1].field != p.field THEN chr(10) || p.field || ': ' ELSE '' END
        || CASE p.op
            WHEN '-' THEN '[-' || p."text" || '-]'
            WHEN '+' THEN '{+' || p."text" || '+}'
            WHEN '~' THEN ' … '
            ELSE p."text"
        END), '') END
FROM kept.readings AS r
JOIN kept.readings AS before ON before.reading_no = r.supersedes
LEFT JOIN kept.edits AS e ON e.release_id = r.release_id AND e.version = r.version
WHERE r.version > 1 AND r.reading = 1 AND r.batch_no > $after
ORDER BY r.reading_no
