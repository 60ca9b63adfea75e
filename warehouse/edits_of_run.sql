-- Which edits did a run find, the weightiest first?
SELECT r.release_id, r.version, r.edit_kind, r.changed_fields, e.kinds, e.weight, r.title, r.url
FROM kept.batches AS b
JOIN kept.readings AS r ON r.batch_no = b.batch_no
LEFT JOIN kept.edits AS e ON e.batch_no = r.batch_no AND e.release_id = r.release_id AND e.version = r.version
WHERE b.run_id = $run AND b.batch_no >= $first AND r.batch_no >= $first AND r.version > 1 AND r.reading = 1
ORDER BY e.weight DESC NULLS LAST, r.release_id, r.version
LIMIT $most;
