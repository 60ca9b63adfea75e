-- Which releases went from where they stood, since when, and on what evidence?
SELECT publisher, title, first_absent_at, confirmed_at, returned_at,
    list_transform(evidence, lambda e: e.reason) AS answers,
    url, still_at
FROM vanished
ORDER BY confirmed_at DESC, url;
