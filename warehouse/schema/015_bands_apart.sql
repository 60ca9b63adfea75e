-- Bands by number: four minima of one band that equal those of another say nothing. Among a million texts, keys in one
-- space met by chance so often that most of what was looked up for a batch was of no use.

DROP TABLE lookup.bands;

-- By what texts are found that may be nearly the same; made from the sketches whenever they are loaded.
CREATE TABLE lookup.bands (
    band UTINYINT NOT NULL, -- 0 to 31 of the text, 32 the headline, 33 the beginning, 34 the day with the first minima
    key UINTEGER NOT NULL, -- what stands in the band
    reading_no BIGINT NOT NULL -- the sketch
);
