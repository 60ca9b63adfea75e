-- Who and what releases name; made from the readings by rules and word lists, and made again whenever these change.

CREATE SCHEMA named;

-- Everyone and everything that is named, each name with each office once.
CREATE TABLE named.subjects (
    batch_no BIGINT NOT NULL, -- newest batch when it was first found
    subject_no BIGINT NOT NULL, -- its number
    kind VARCHAR NOT NULL, -- person, post or body
    name VARCHAR NOT NULL, -- as a release prints it in full
    role VARCHAR, -- the office a release gives a person
    name_key VARCHAR NOT NULL, -- the name as it is compared: small letters, Simplified characters
    role_key VARCHAR -- the office as it is compared
);

-- Abbreviations that releases define.
CREATE TABLE named.abbreviations (
    batch_no BIGINT NOT NULL, -- newest batch when it was first found
    subject_no BIGINT NOT NULL, -- whom or what it stands for
    short VARCHAR NOT NULL -- the abbreviation
);

-- Every place where somebody or something is named; positions count characters from 0.
CREATE TABLE named.mentions (
    batch_no BIGINT NOT NULL, -- newest batch when it was found
    reading_no BIGINT NOT NULL, -- the reading
    subject_no BIGINT NOT NULL, -- whom or what it names
    kind VARCHAR NOT NULL, -- person, post or body
    "field" VARCHAR NOT NULL, -- title or body
    "start" INTEGER NOT NULL, -- where the mention begins in that field
    length INTEGER NOT NULL, -- characters of it
    sentence_start INTEGER NOT NULL, -- where its sentence begins
    sentence_length INTEGER NOT NULL, -- characters of that, at most 200
    is_first BOOLEAN NOT NULL, -- whether the reading names it here for the first time
    confidence FLOAT NOT NULL, -- how often its rule is right, 0 to 1
    "rule" VARCHAR NOT NULL -- the rule that found it
);

-- Up to which reading all readings were looked at, and by which rules.
CREATE TABLE named.looked_at (
    batch_no BIGINT NOT NULL, -- newest batch when they were
    rules VARCHAR NOT NULL, -- the rules and their version
    reading_no BIGINT NOT NULL -- the last reading looked at
);
