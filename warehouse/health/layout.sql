-- How were the last pages of a source read, and those before them? Its first visit is history alone: it reads the
-- newest pages first, and old ones may be laid out in another way.
WITH last_told AS (
    SELECT o.batch_no, o.rowid AS place, o.run_id, o.ref, o.outcome, o.release_id, o.version, o.quarantine_id
    FROM kept.outcomes AS o
    JOIN kept.batches AS b USING (batch_no)
    WHERE o.source = $source AND o.item = 0 AND b.flow IN ('ingest', 'revisit')
        AND o.outcome IN ('new', 'revised', 'quarantined')
    ORDER BY o.batch_no DESC, o.rowid DESC
    LIMIT 105
), first_run AS (
    SELECT min_by(run_id, batch_no) AS run_id FROM kept.batches WHERE source = $source
), read AS (
    SELECT t.ref, row_number() OVER (ORDER BY t.batch_no DESC, t.place DESC) AS back,
        t.run_id = (SELECT run_id FROM first_run) AS is_first,
        CASE WHEN t.outcome != 'quarantined' THEN split_part(r.parser, '/', 1) END AS family
    FROM last_told AS t
    LEFT JOIN kept.readings AS r ON r.release_id = t.release_id AND r.version = t.version AND r.reading = 1
    LEFT JOIN kept.quarantine AS q USING (quarantine_id)
    WHERE coalesce(q.stage, 'parse') IN ('parse', 'validate')
), usual AS (
    SELECT coalesce(mode(family), 'its reader') AS family FROM read WHERE back > $recent OR is_first
), told AS (
    SELECT ref, back, back <= $recent AND NOT is_first AS is_recent,
        family IS NULL OR (family = 'generic_html' AND (SELECT family FROM usual) != 'generic_html') AS is_fallen
    FROM read
)
SELECT
    count(*) FILTER (is_recent) AS recent,
    count(*) FILTER (NOT is_recent) AS earlier,
    count(*) FILTER (is_recent AND is_fallen) AS fallen_recent,
    count(*) FILTER (NOT is_recent AND is_fallen) AS fallen_earlier,
    (SELECT family FROM usual) AS usual,
    arg_min(ref, back) FILTER (is_recent AND is_fallen) AS example
FROM told;
