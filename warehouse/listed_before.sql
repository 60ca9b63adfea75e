-- Forgets what is told anew: of releases that something came of after a batch.
DELETE FROM published.listed_in
WHERE release_id IN (
    SELECT release_id FROM kept.readings WHERE batch_no > $after
    UNION ALL
    SELECT release_id FROM kept.outcomes WHERE batch_no > $after
    UNION ALL
    SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
)
