-- What are the texts of the wanted readings?
SELECT r.reading_no, r.body
FROM kept.readings AS r
SEMI JOIN wanted_readings AS w USING (reading_no)
