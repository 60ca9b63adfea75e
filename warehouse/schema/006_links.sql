-- Where the text of a release links to.

ALTER TABLE kept.readings ADD COLUMN links STRUCT(url VARCHAR, "label" VARCHAR)[];

COMMENT ON COLUMN kept.readings.links IS 'links of the text in order, each address once, with the words they stand on; null in readings made before they were kept';
