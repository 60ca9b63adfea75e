-- Which raw files has a reparse of this scope gone through that never came to its end?
SELECT DISTINCT p.path
FROM kept.reparsed AS p
WHERE p.scope = $scope AND p.path IS NOT NULL
    AND p.batch_no > (
        SELECT coalesce(max(e.batch_no), 0) FROM kept.reparsed AS e WHERE e.scope = $scope AND e.path IS NULL)
