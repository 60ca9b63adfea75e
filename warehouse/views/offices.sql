-- Which offices and bodies are named, by which abbreviations, held by whom, how often and when?
CREATE VIEW offices AS
WITH told AS (
    SELECT
        CASE WHEN s.kind = 'body' THEN 'body' ELSE 'office' END AS kind,
        CASE WHEN s.kind = 'person' THEN s.role ELSE s.name END AS name,
        CASE WHEN s.kind = 'person' THEN s.role_key ELSE s.name_key END AS office_key,
        CASE WHEN s.kind = 'person' THEN s.name END AS holder,
        s.subject_no,
        seen.releases,
        seen.first_day,
        seen.last_day
    FROM named.subjects AS s
    JOIN published.named_in AS seen ON seen.subject_no = s.subject_no
    WHERE s.kind != 'person' OR s.role IS NOT NULL
),
shortened AS (
    SELECT t.kind, t.office_key, list_sort(list(DISTINCT a.short)) AS abbreviations
    FROM named.abbreviations AS a
    JOIN told AS t ON t.subject_no = a.subject_no
    GROUP BY ALL
)
SELECT
    t.kind, -- office or body
    arg_max(t.name, t.releases * 4294967296 + t.subject_no) AS name, -- as most releases print it; of two as often, the later
    any_value(a.abbreviations) AS abbreviations, -- short forms that releases define
    list_sort(list(DISTINCT t.holder) FILTER (t.holder IS NOT NULL)) AS holders, -- who is named in it
    sum(t.releases)::BIGINT AS releases, -- releases that name it
    min(t.first_day) AS first_day, -- day of the first of them
    max(t.last_day) AS last_day -- day of the newest
FROM told AS t
LEFT JOIN shortened AS a ON a.kind = t.kind AND a.office_key = t.office_key
GROUP BY t.kind, t.office_key
ORDER BY releases DESC, name;
