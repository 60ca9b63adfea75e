-- Which release began the group of editions that both belong to?
SELECT DISTINCT one.edition_group
FROM published.edition_groups AS one
JOIN published.edition_groups AS other USING (edition_group)
WHERE one.release_id = $first AND other.release_id = $second
