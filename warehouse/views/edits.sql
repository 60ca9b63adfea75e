-- What did publishers change in releases they had issued, the weightiest first?
CREATE VIEW edits AS
SELECT
    release_id, version, edit_kind, changed_fields,
    kinds, -- heaviest first: withdrawal, correction, figure, name, date, quotation, title, cut, addition, attachment, wording, image, typo; null where the edit was met before edits were described
    weight, figures, names, words_added, words_removed, silent,
    seen_at, -- when the edit was first seen
    publisher,
    title_before, -- headline before the edit
    title_after, -- headline after the edit
    diff -- the difference by field: [-lost-], {+gained+}, … for what stayed and is left out
FROM published.edits
ORDER BY weight DESC NULLS LAST, seen_at DESC, release_id, version;
