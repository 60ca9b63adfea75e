-- How the copy that people query was made; the next publishing goes by it.

CREATE SCHEMA published;

-- What this copy was made from and with.
CREATE TABLE published.made (
    writer VARCHAR NOT NULL, -- the writer's database, told from every other that was ever in its place
    derived VARCHAR NOT NULL, -- what was made ready for readers, with its versions
    answers VARCHAR NOT NULL -- digest of all views and macros
);

-- Every edit with what is asked of it, ready to be sorted; the view edits reads it.
CREATE TABLE published.edits (
    batch_no BIGINT NOT NULL, -- batch that met the edit
    release_id VARCHAR NOT NULL, -- the release that was edited
    version INTEGER NOT NULL, -- the version the edit made
    edit_kind VARCHAR, -- what the version changed: text, image_only, attachment_only
    changed_fields VARCHAR[] NOT NULL, -- fields that differ from the version before
    kinds VARCHAR[], -- kinds of edit, heaviest first; null where the edit was met before edits were described
    weight INTEGER, -- how much the edit matters: the weights of its kinds and counts added up
    figures INTEGER, -- figures that no longer stand as they did
    names INTEGER, -- names of people and bodies that no longer stand as they did
    words_added INTEGER, -- words gained; a character of Chinese is two thirds of one
    words_removed INTEGER, -- words lost
    silent BOOLEAN, -- the text, the stated day or a document changed, and the version states neither a new update nor a correction
    seen_at TIMESTAMPTZ NOT NULL, -- when the edit was first seen
    publisher VARCHAR NOT NULL, -- the body that issued the release
    title_before VARCHAR NOT NULL, -- headline before the edit
    title_after VARCHAR NOT NULL, -- headline after the edit
    diff VARCHAR NOT NULL USING COMPRESSION zstd -- the difference by field: [-lost-], {+gained+}, … for what stayed and is left out
);

-- In how many releases, as they read now, who and what is named; the views people and offices read it.
CREATE TABLE published.named_in (
    subject_no BIGINT NOT NULL, -- who or what
    releases BIGINT NOT NULL, -- releases that name it
    first_day DATE NOT NULL, -- day of the first of them
    last_day DATE NOT NULL -- day of the newest
);

-- Which names in which offices are one person; the view people_resolved reads it.
CREATE TABLE published.resolved (
    subject_no BIGINT NOT NULL, -- a name with an office, as one release or several give it
    name_key VARCHAR NOT NULL, -- the name as it is compared
    person VARCHAR NOT NULL, -- who is meant: name and office
    sure DECIMAL(3, 2) NOT NULL, -- how sure that is, 0 to 1
    resolved_by VARCHAR NOT NULL -- what it rests on
);

-- Everyone who is named in releases as they read now; the view people reads it.
CREATE TABLE published.people (
    name VARCHAR NOT NULL, -- as most releases print it; of two as often, the later
    office VARCHAR, -- likewise
    releases BIGINT NOT NULL, -- releases that name the person
    first_day DATE NOT NULL, -- day of the first of them
    last_day DATE NOT NULL, -- day of the newest
    offices VARCHAR[], -- every way the office is printed
    sure DECIMAL(3, 2) NOT NULL, -- how sure it is that all are one person, 0 to 1
    person VARCHAR NOT NULL, -- name and office, as they are compared
    name_key VARCHAR NOT NULL -- the name as it is compared
);

-- Each release as it reads now with every source that lists it, where a day is known that is not our own.
CREATE TABLE published.listed_in (
    reading_no BIGINT NOT NULL, -- how it reads now; most of the archive is passed over unread by it
    source VARCHAR NOT NULL, -- the source
    release_id VARCHAR NOT NULL, -- the release
    publisher VARCHAR NOT NULL, -- the body that issued it
    "day" DATE NOT NULL, -- the day it counts for
    named VARCHAR, -- its number at the publisher, else its address
    shape VARCHAR, -- of its address; null where that is none of the web
    is_first BOOLEAN NOT NULL -- whether the release stands here for the first time, by the names of sources
);

-- The shapes that addresses of publishers have.
CREATE TABLE published.address_shapes (
    publisher VARCHAR NOT NULL, -- the publisher
    source VARCHAR NOT NULL, -- a source that lists its releases
    shape VARCHAR NOT NULL, -- the shape
    listed BIGINT NOT NULL, -- releases of that shape in this source
    releases BIGINT NOT NULL -- of these, those that no source before it lists
);

-- Every address that was ever met, by a digest.
CREATE TABLE published.addresses_met (
    address UBIGINT NOT NULL -- the lower half of the MD5 of the address, bare
);

-- Links of releases, as they read now, to pages of the web that were never met.
CREATE TABLE published.links_unmet (
    release_id VARCHAR NOT NULL, -- the release that links there
    publisher VARCHAR NOT NULL, -- the body that issued it
    url VARCHAR NOT NULL, -- the address
    bare VARCHAR NOT NULL, -- without what varies: https, www., #part
    shape VARCHAR NOT NULL -- of the address
);

-- Releases that are editions of one in several languages or scripts; the view editions reads it.
CREATE TABLE published.edition_groups (
    first_reading BIGINT NOT NULL, -- first reading of the release
    eldest BIGINT NOT NULL, -- first reading of the release of the group that was met first
    release_id VARCHAR NOT NULL, -- the release; given once, never recomputed
    edition_group VARCHAR NOT NULL, -- the group, named for good after the release of it that was met first
    editions BIGINT NOT NULL -- how many belong to the group
);

-- An address without what varies where the page is the same.
CREATE MACRO published.bare_of(url) AS regexp_replace(url, '^https?://(www[.])?|#.*$', '', 'g');

-- The shape of a bare address: figures do not count, nor the words of a last part that is a headline.
CREATE MACRO published.shape_of(bare) AS
    CASE WHEN regexp_matches(bare, '/[^/]*-[^/]*-[^/]*-[^/]*$')
        THEN regexp_replace(regexp_replace(bare, '/[^/]*$', '/headline'), '[0-9]+', '9', 'g')
        ELSE regexp_replace(bare, '[0-9]+', '9', 'g') END;

-- The blocks of a body: kind, level and text.
CREATE MACRO published.blocks_of(told, spans) AS
    CASE
        -- The parts between blank lines are the blocks, unless one has blank lines itself. To cut out each by its place
        -- takes several times as long, as that reads the body from its beginning every time.
        WHEN list_transform(string_split(told, e'\n\n'), lambda part: length(part)) = list_transform(spans, lambda b: b.length)
        THEN list_transform(list_zip(spans, string_split(told, e'\n\n')), lambda z: struct_pack(
            kind := z[1].kind, "level" := z[1]."level", "text" := z[2]))
        ELSE list_transform(spans, lambda b: struct_pack(
            kind := b.kind, "level" := b."level", "text" := substring(told, b.start + 1, b.length)))
    END;
