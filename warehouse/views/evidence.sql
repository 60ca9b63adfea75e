-- From where was each field of each reading read: rule, text and basis?
CREATE VIEW evidence AS
SELECT
    r.release_id,
    r.version,
    r.reading,
    e.key AS field, -- field of the record, or encoding and text for the document itself
    e.value ->> '$.rule' AS rule, -- rule that gave the field
    e.value ->> '$.text' AS "text", -- what it was read from, at most 200 characters
    e.value ->> '$.basis' AS basis, -- stated or inferred
    e.value -> '$.others' AS others, -- readings that were not chosen, and why, as JSON
    r.parser
FROM kept.readings AS r, json_each(r.evidence) AS e;
