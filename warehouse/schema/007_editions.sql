-- What is known of the language editions of a release.

-- By what the editions of one release find each other; made from the readings whenever they are loaded.
CREATE TABLE lookup.edition_names (
    key UBIGINT NOT NULL, -- digest of an address it has or points to, its number, or its publisher and day
    reading_no BIGINT NOT NULL, -- the reading
    "language" VARCHAR NOT NULL -- its language, whatever the script
);

-- Figures that one edition states and the other does not, described when the two were tied or one was edited.
CREATE TABLE kept.edition_differences (
    batch_no BIGINT NOT NULL, -- batch that compared the two
    release_a VARCHAR NOT NULL, -- the edition that came later
    version_a INTEGER NOT NULL, -- the version of it that was compared
    release_b VARCHAR NOT NULL, -- the elder edition
    version_b INTEGER NOT NULL, -- the version of it that was compared
    "rule" VARCHAR NOT NULL, -- rule and version that compared them
    only_a VARCHAR[] NOT NULL, -- figures, days and times of the later edition that the elder has in no form
    only_b VARCHAR[] NOT NULL -- the same of the elder edition
);
