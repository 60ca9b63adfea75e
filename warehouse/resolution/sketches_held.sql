-- What are the wanted sketches, of a stretch of readings?
SELECT
    s.issued_on, s.issued_at, s.reading_no, s.release_id, s.publisher, s."language", s.title, s.text_sha256,
    from_base64(s.minima), from_base64(s.masked), s.shingles, s.numbers, s.is_marked
FROM kept.sketches AS s
SEMI JOIN wanted_sketches AS w USING (reading_no)
WHERE s.reading_no BETWEEN $first AND $last
