-- How many releases were issued in each language, month by month?
SELECT CAST(date_trunc('month', day) AS DATE) AS month, language, sum(releases)::BIGINT AS releases
FROM volume_daily
GROUP BY month, language
ORDER BY month, language;
