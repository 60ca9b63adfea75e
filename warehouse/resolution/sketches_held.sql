-- What are the wanted sketches?
SELECT s.* EXCLUDE (batch_no)
FROM kept.sketches AS s
SEMI JOIN wanted_sketches AS w USING (reading_no)
