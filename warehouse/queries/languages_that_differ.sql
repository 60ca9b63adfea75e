-- Which figures, days and times differ between the language editions of a release?
SELECT day, title_a, only_a, title_b, only_b, release_a, release_b
FROM edition_differences
ORDER BY day DESC, release_a;
