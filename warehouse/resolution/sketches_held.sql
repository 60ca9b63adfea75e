-- What are the wanted sketches?
SELECT
    s.reading_no, s.release_id, s.publisher, s."language", s.title, s.text_sha256, s.issued_on, s.issued_at, s.shingles,
    s.is_marked, s.minima, s.masked, s.numbers
FROM kept.sketches AS s
SEMI JOIN wanted_sketches AS w USING (reading_no)
