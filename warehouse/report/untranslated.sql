-- Which releases of the period wait for the language in which their publisher usually issues too?
SELECT release_id, publisher, title, language, missing, day, url, hours_waited, usual_hours, count(*) OVER () AS of_all
FROM missing_editions
WHERE day >= $since AND day < $until
    AND $of_publisher
ORDER BY day DESC, publisher, title
LIMIT $most
