-- Adds the touched releases to the shapes of addresses, or takes them off again.
MERGE INTO published.address_shapes AS held
USING (
    SELECT publisher, source, shape, CAST($times * count(*) AS BIGINT) AS listed, CAST($times * count_if(is_first) AS BIGINT) AS releases
    FROM published.listed_in
    WHERE shape IS NOT NULL AND release_id IN (FROM touched_releases)
    GROUP BY publisher, source, shape
) AS told ON told.publisher = held.publisher AND told.source = held.source AND told.shape = held.shape
WHEN MATCHED AND held.listed + told.listed = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET listed = held.listed + told.listed, releases = held.releases + told.releases
WHEN NOT MATCHED THEN INSERT VALUES (told.publisher, told.source, told.shape, told.listed, told.releases)
