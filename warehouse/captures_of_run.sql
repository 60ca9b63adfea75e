-- What did a run keep, and where do its bytes lie?
SELECT c.name, o.outcome, o.release_id, c.raw_path, c.raw_offset, c.size
FROM kept.captures AS c
JOIN kept.batches AS b ON b.batch_no = c.batch_no
LEFT JOIN kept.outcomes AS o
    ON o.batch_no = c.batch_no AND o.batch_no >= $first AND o.input_sha256 = c.input_sha256 AND o.item = 0
WHERE b.run_id = $run AND b.batch_no >= $first AND c.batch_no >= $first
ORDER BY c.raw_path, c.raw_offset
LIMIT $most;
