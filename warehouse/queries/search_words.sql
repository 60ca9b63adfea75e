-- Which releases have the words, the best answers first?
SET VARIABLE words = 'night boat'; -- all wanted, in any form; "a phrase" in quotes; OR; -without
SET VARIABLE since = NULL; -- first day, such as '2026-01-01'; NULL for all

SELECT day, publisher, title, snippet, release_id
FROM search(getvariable('words'), since := getvariable('since'), most := 10);
