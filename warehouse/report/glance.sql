-- How much was issued, changed and removed in the period, and what does the archive lack?
SELECT
    count(*) AS releases,
    count(DISTINCT publisher) AS publishers,
    count(DISTINCT language) AS languages,
    (
        SELECT count(*) FROM edits
        WHERE seen_at >= $since_at AND seen_at < $until_at
            AND $of_publisher
    ) AS edits,
    (
        SELECT count(*) FROM silent_edits
        WHERE seen_at >= $since_at AND seen_at < $until_at
            AND $of_publisher
    ) AS silent,
    (
        SELECT count(*) FROM vanished
        WHERE confirmed_at >= $since_at AND confirmed_at < $until_at
            AND $of_publisher
    ) AS vanished,
    (
        SELECT count(*) FROM gaps
        WHERE (since IS NULL OR since < $until) AND (until IS NULL OR until > $since)
    ) AS gaps,
    (SELECT count(*) FROM alarms_open) AS alarms
FROM releases
WHERE day >= $since AND day < $until
    AND $of_publisher
