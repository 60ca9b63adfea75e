-- How many runs has this source had?
SELECT count(*) FROM kept.runs WHERE source = $source
