-- What is said of these rows without their texts, of those that were made from a wanted input?
SELECT w.place, r.reading_no, r.input_sha256, r.item, r.parser, r.fields_sha256
FROM kept.readings AS r
JOIN wanted_places AS w ON w.place = r.rowid
SEMI JOIN wanted_inputs USING (input_sha256)
ORDER BY r.reading_no
