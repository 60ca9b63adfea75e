-- Whose readings are these?
SELECT r.reading_no, r.release_id
FROM kept.readings AS r
SEMI JOIN wanted_readings AS w USING (reading_no)
