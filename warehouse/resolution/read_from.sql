-- Which reading came from each wanted item of an input? The newest; none, where the bytes read like others.
SELECT r.* EXCLUDE (batch_no, journal_at)
FROM kept.readings AS r
SEMI JOIN wanted_items AS w USING (input_sha256, item)
QUALIFY row_number() OVER (PARTITION BY r.input_sha256, r.item ORDER BY r.reading_no DESC) = 1
