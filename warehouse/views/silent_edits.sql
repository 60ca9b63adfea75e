-- Which texts were changed without a word that they had been?
CREATE VIEW silent_edits AS
SELECT *
FROM edits
WHERE silent
ORDER BY weight DESC, seen_at DESC, release_id, version;
