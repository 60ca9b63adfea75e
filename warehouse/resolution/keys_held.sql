-- Which keys do the wanted releases have already?
SELECT DISTINCT k.release_id, k.kind, k.value
FROM kept.release_keys AS k
SEMI JOIN wanted_releases AS w USING (release_id)
