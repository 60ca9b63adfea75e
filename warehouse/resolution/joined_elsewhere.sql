-- Is either of the two releases joined to a third in this way?
SELECT count(*) > 0
FROM relations
WHERE kind = $kind AND (release_a IN ($first, $second) OR release_b IN ($first, $second))
