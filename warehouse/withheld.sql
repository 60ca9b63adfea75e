-- Which releases does an operator keep from readers, and what else tells of them? What is proven to be one release with
-- such a one goes with it. {database} is the writer's.
CREATE OR REPLACE TEMP TABLE withheld_releases AS
WITH RECURSIVE decided AS (
    SELECT release_id
    FROM {database}.kept.decisions
    QUALIFY row_number() OVER (PARTITION BY release_id ORDER BY batch_no DESC, rowid DESC) = 1
        AND decision = 'withheld'
),
same AS (
    SELECT release_a, release_b
    FROM {database}.kept.relations
    WHERE kind = 'same_as'
    QUALIFY row_number() OVER (PARTITION BY release_a, release_b ORDER BY batch_no DESC, rowid DESC) = 1
        AND state = 'asserted'
),
reached AS (
    FROM decided
    UNION
    SELECT CASE WHEN s.release_a = r.release_id THEN s.release_b ELSE s.release_a END
    FROM reached AS r
    JOIN same AS s ON r.release_id IN (s.release_a, s.release_b)
)
SELECT release_id FROM reached ORDER BY release_id;

CREATE OR REPLACE TEMP TABLE withheld_readings AS
SELECT r.reading_no, r.source, r.attachments, r.images
FROM {database}.kept.readings AS r
SEMI JOIN withheld_releases USING (release_id);

CREATE OR REPLACE TEMP TABLE withheld_refs AS
WITH met AS (
    SELECT DISTINCT o.source, o.ref FROM {database}.kept.outcomes AS o SEMI JOIN withheld_releases USING (release_id)
),
alone AS (
    SELECT o.source, o.ref
    FROM {database}.kept.outcomes AS o
    SEMI JOIN met USING (source, ref)
    WHERE o.release_id IS NOT NULL
    GROUP BY ALL
    HAVING bool_and(o.release_id IN (FROM withheld_releases))
)
FROM alone
UNION SELECT source, 'answer:' || ref FROM alone
UNION SELECT source, 'attachment:' || unnest(attachments).url FROM withheld_readings
UNION SELECT source, 'image:' || unnest(images).url FROM withheld_readings;

CREATE OR REPLACE TEMP TABLE withheld_subjects AS
WITH named_there AS (
    SELECT DISTINCT m.subject_no FROM {database}.named.mentions AS m SEMI JOIN withheld_readings USING (reading_no)
)
FROM named_there
EXCEPT
SELECT m.subject_no
FROM {database}.named.mentions AS m
SEMI JOIN named_there USING (subject_no)
ANTI JOIN withheld_readings USING (reading_no);
