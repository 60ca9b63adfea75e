-- Which releases lack the language in which their publisher usually issues them, too?
SELECT publisher, day, title, language, missing, usually, usual_hours, hours_waited
FROM missing_editions
ORDER BY day DESC, publisher, title;
