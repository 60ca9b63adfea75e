-- What does the archive lack: days, pages, lists and windows of backfills?
SELECT source, kind, since, until, reason, url
FROM gaps
ORDER BY source, kind, since, url;
