-- Numbers those found that are not known yet.
INSERT INTO named.subjects BY NAME
SELECT
    (SELECT max(batch_no) FROM kept.batches) AS batch_no,
    (SELECT coalesce(max(subject_no), 0) FROM named.subjects) + row_number() OVER (ORDER BY f.place) AS subject_no,
    f.kind, f.name, f.role, f.name_key, f.role_key
FROM found_subjects AS f
ANTI JOIN named.subjects AS s
    ON s.kind = f.kind AND s.name = f.name AND s.role IS NOT DISTINCT FROM f.role
