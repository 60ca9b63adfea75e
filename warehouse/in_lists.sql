-- Which candidates of this source were ever in its lists, and are they still, as far as we know?
SELECT ref, name, list, state, CAST(listed_on AS VARCHAR)
FROM kept.candidates_seen
WHERE source = $source
QUALIFY row_number() OVER (PARTITION BY ref ORDER BY batch_no DESC, rowid DESC) = 1
