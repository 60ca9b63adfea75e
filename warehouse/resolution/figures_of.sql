-- Which figures do the wanted readings name?
SELECT s.reading_no, s.numbers
FROM kept.sketches AS s
SEMI JOIN wanted_readings AS w USING (reading_no)
