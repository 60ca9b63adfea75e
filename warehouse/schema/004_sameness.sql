-- What is known of texts that are nearly the same.

-- How each reading's text is compared with others, one row per text that differs from the one before.
CREATE TABLE kept.sketches (
    batch_no BIGINT NOT NULL, -- batch that added the sketch
    reading_no BIGINT NOT NULL, -- the reading it was made of
    release_id VARCHAR NOT NULL, -- its release
    publisher VARCHAR NOT NULL, -- who issued it
    "language" VARCHAR NOT NULL, -- language of the text
    title VARCHAR NOT NULL, -- headline
    text_sha256 VARCHAR NOT NULL, -- fingerprint of the text
    issued_on DATE, -- day of issue, stated or from the address
    issued_at TIMESTAMPTZ, -- instant of issue, where stated to the minute
    shingles INTEGER NOT NULL, -- runs of five words or characters in it
    is_marked BOOLEAN NOT NULL, -- whether it says of itself that it corrects or replaces another
    numbers VARCHAR NOT NULL, -- figures and days it names, at most 256
    minima VARCHAR NOT NULL, -- 128 minima of the text, the low byte of each; then 4 bytes for its headline, 4 for how it begins; in base64
    masked VARCHAR NOT NULL -- 64 minima of the text with figures and days alike, the low byte of each, in base64
);

-- What joins two releases; facts are added and retired, never changed.
CREATE TABLE kept.relations (
    batch_no BIGINT NOT NULL, -- batch that added the fact
    journal_at TIMESTAMPTZ NOT NULL, -- when the archive came to know it
    kind VARCHAR NOT NULL, -- corrects, syndicated, series, script_variant or related
    release_a VARCHAR NOT NULL, -- the later release: the one that corrects, copies or continues
    release_b VARCHAR NOT NULL, -- the earlier release
    score DOUBLE NOT NULL, -- how alike the texts are by the measure that decided, 0 to 1
    "rule" VARCHAR NOT NULL, -- rule and version that decided
    evidence VARCHAR NOT NULL, -- what was measured, as JSON
    series VARCHAR, -- of a series, the release that begins it; it names the series
    state VARCHAR NOT NULL -- asserted, or retired when a later reading or rule says otherwise
);

CREATE SCHEMA lookup;

-- By what texts are found that may be nearly the same; made from the sketches whenever they are loaded.
CREATE TABLE lookup.bands (
    key UINTEGER NOT NULL, -- four minima together, the headline, the beginning, or the first minima with the day
    reading_no BIGINT NOT NULL -- the sketch
);
