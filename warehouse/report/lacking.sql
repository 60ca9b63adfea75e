-- Which fields have the newest readings of a source less often than before?
SELECT source, parser, field, week, share, share_before, count(*) OVER () AS of_all
FROM field_fill
WHERE has_dropped AND week >= $since - 7 AND week < $until
ORDER BY week DESC, source, parser, field
LIMIT $most
