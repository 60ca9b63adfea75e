-- Forgets the shapes of publishers of whom something came after a batch.
DELETE FROM published.address_shapes
WHERE publisher IN (
    SELECT publisher FROM published.listed_in
    WHERE release_id IN (
        SELECT release_id FROM kept.readings WHERE batch_no > $after
        UNION ALL
        SELECT release_id FROM kept.outcomes WHERE batch_no > $after
        UNION ALL
        SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
    )
    UNION ALL
    SELECT publisher FROM kept.readings
    WHERE release_id IN (
        SELECT release_id FROM kept.readings WHERE batch_no > $after
        UNION ALL
        SELECT release_id FROM kept.outcomes WHERE batch_no > $after
        UNION ALL
        SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
    )
)
