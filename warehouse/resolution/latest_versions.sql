-- Which version of each wanted release is the newest?
SELECT release_id, max(version) AS version FROM kept.readings SEMI JOIN wanted_releases USING (release_id) GROUP BY release_id
