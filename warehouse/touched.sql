-- All readings of the releases of which something came after a batch; which of them told until then how theirs reads?
CREATE OR REPLACE TEMP TABLE touched AS
SELECT reading_no, release_id, batch_no, is_current AND batch_no <= $after AS was_current
FROM kept.readings
WHERE release_id IN (
    SELECT release_id FROM kept.readings WHERE batch_no > $after
    UNION
    SELECT release_id FROM kept.outcomes WHERE batch_no > $after
    UNION
    SELECT unnest([release_a, release_b])
    FROM kept.relations
    WHERE kind IN ('edition', 'script_variant', 'same_as') AND batch_no > $after
)
