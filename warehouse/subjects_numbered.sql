-- Which numbers have those found?
SELECT f.kind, f.name, f.role, s.subject_no
FROM found_subjects AS f
JOIN named.subjects AS s ON s.kind = f.kind AND s.name = f.name AND s.role IS NOT DISTINCT FROM f.role
