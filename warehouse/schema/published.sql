-- How the copy that people query was made; the next publishing goes by it.

CREATE SCHEMA published;

-- What this copy was made from and with.
CREATE TABLE published.made (
    writer VARCHAR NOT NULL, -- the writer's database, told from every other that was ever in its place
    derived VARCHAR NOT NULL, -- what was made ready for readers, with its versions
    answers VARCHAR NOT NULL -- digest of all views and macros
);
