-- Which facts join the two releases, oldest first?
SELECT kind, release_a, release_b, score, "rule", evidence, series, state, journal_at
FROM kept.relations
WHERE (release_a = $first AND release_b = $second) OR (release_a = $second AND release_b = $first)
ORDER BY batch_no, rowid
