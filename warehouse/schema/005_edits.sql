-- What each edit of a publisher changed, described when it was met.

-- One row per version after the first; versions decided before this table was made have none.
CREATE TABLE kept.edits (
    batch_no BIGINT NOT NULL, -- batch that met the edit
    release_id VARCHAR NOT NULL, -- the release that was edited
    version INTEGER NOT NULL, -- the version the edit made
    "rule" VARCHAR NOT NULL, -- rules and their version that described it
    kinds VARCHAR[] NOT NULL, -- kinds of edit, heaviest first: withdrawal, correction, figure, name, date, quotation, title, cut, addition, attachment, wording, image, typo
    weight INTEGER NOT NULL, -- how much the edit matters: the weights of its kinds and counts added up
    figures INTEGER NOT NULL, -- figures that no longer stand as they did
    names INTEGER NOT NULL, -- names of people and bodies that no longer stand as they did
    words_added INTEGER NOT NULL, -- words gained; a character of Chinese is two thirds of one
    words_removed INTEGER NOT NULL, -- words lost
    silent BOOLEAN NOT NULL, -- the text changed, and the version states neither a new update nor a correction
    diff STRUCT(field VARCHAR, op VARCHAR, "text" VARCHAR)[] NOT NULL -- by field what stayed (=), was lost (-), gained (+) or is left out (~, number of characters)
);
