-- Which of the wanted releases were met by a run that died, so that their files may never have been asked for?
SELECT DISTINCT o.release_id
FROM kept.outcomes AS o
SEMI JOIN wanted_releases AS w USING (release_id)
ANTI JOIN kept.runs AS r USING (run_id)
WHERE o.source = $source AND o.outcome IN ('new', 'revised')
