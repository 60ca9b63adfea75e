-- Which sketches have to be made findable again: from the first to the last where none is, else none?
SELECT min(s.reading_no), max(s.reading_no)
FROM kept.sketches AS s
WHERE NOT EXISTS (FROM lookup.bands)
