-- Forgets links of releases that something came of after a batch, and those that lead to what was met since.
DELETE FROM published.links_unmet
WHERE md5_number_lower(bare) IN (FROM published.addresses_met) OR release_id IN (
    SELECT release_id FROM kept.readings WHERE batch_no > $after
    UNION ALL
    SELECT release_id FROM kept.outcomes WHERE batch_no > $after
    UNION ALL
    SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
)
