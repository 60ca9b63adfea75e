-- Which releases did something come of after a batch?
CREATE OR REPLACE TEMP TABLE touched_releases AS
SELECT release_id FROM kept.readings WHERE batch_no > $after
UNION
SELECT release_id FROM kept.outcomes WHERE batch_no > $after
UNION
SELECT release_a FROM kept.relations WHERE kind = 'same_as' AND batch_no > $after
