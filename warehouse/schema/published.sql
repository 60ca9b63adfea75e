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
    silent BOOLEAN, -- the text changed, and the version states neither a new update nor a correction
    seen_at TIMESTAMPTZ NOT NULL, -- when the edit was first seen
    publisher VARCHAR NOT NULL, -- the body that issued the release
    title_before VARCHAR NOT NULL, -- headline before the edit
    title_after VARCHAR NOT NULL, -- headline after the edit
    diff VARCHAR NOT NULL USING COMPRESSION zstd -- the difference by field: [-lost-], {+gained+}, … for what stayed and is left out
);

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
