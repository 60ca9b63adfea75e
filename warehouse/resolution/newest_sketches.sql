-- What is the newest sketch of each wanted release?
SELECT s.* EXCLUDE (batch_no)
FROM kept.sketches AS s
SEMI JOIN wanted_releases AS w USING (release_id)
QUALIFY row_number() OVER (PARTITION BY s.release_id ORDER BY s.reading_no DESC) = 1
