-- Adds the touched releases to the shapes of addresses as they are listed now, and takes them off as they were.
MERGE INTO published.address_shapes AS held
USING (
    SELECT publisher, source, shape, sum(times)::BIGINT AS listed, coalesce(sum(times) FILTER (is_first), 0)::BIGINT AS releases
    FROM (
        SELECT publisher, source, shape, is_first, -1 AS times FROM unlisted
        UNION ALL
        SELECT publisher, source, shape, is_first, 1 FROM published.listed_in WHERE reading_no IN (SELECT reading_no FROM touched)
    )
    WHERE shape IS NOT NULL
    GROUP BY publisher, source, shape
    HAVING sum(times) != 0 OR sum(times) FILTER (is_first) != 0
) AS told ON told.publisher = held.publisher AND told.source = held.source AND told.shape = held.shape
WHEN MATCHED AND held.listed + told.listed = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET listed = held.listed + told.listed, releases = held.releases + told.releases
WHEN NOT MATCHED THEN INSERT VALUES (told.publisher, told.source, told.shape, told.listed, told.releases)
