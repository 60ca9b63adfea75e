-- What waits for a person, and what can be done about it?
SELECT what, n, about, next_step
FROM (
    SELECT 1 AS place, 'alarm' AS what, 1 AS n,
        source || ': ' || CASE WHEN starts_with(cause, reason) THEN ''
            WHEN contains(cause, ': ') AND contains(reason, split_part(cause, ': ', 2)) THEN ''
            ELSE cause || ', ' END || reason AS about, -- a cause that the reason repeats is left out
        CASE WHEN source = 'archive' THEN 'communique verify' ELSE 'communique sources check ' || source END
            AS next_step,
        observed_at
    FROM alarms_open
    UNION ALL
    SELECT 2, 'put aside', count(*), source || ': ' || any_value(reason ORDER BY observed_at DESC),
        'communique quarantine', max(observed_at)
    FROM quarantine_open
    GROUP BY source
    UNION ALL
    SELECT 3, 'windows failed', count(*), source || ': ' || any_value(reason ORDER BY observed_at DESC),
        format('communique backfill {} --since {} --until {}', source, min(since), max(until)), max(observed_at)
    FROM windows
    WHERE state = 'failed'
    GROUP BY source
    UNION ALL
    SELECT 4, 'gap', count(*), source || ': ' || kind || ', ' || any_value(reason),
        'communique backfill ' || source || ' --gaps', max(since)::TIMESTAMPTZ
    FROM gaps
    WHERE kind IN ('days', 'list', 'number')
    GROUP BY source, kind
    UNION ALL
    SELECT 5, 'vanished', count(*), publisher || ': ' || any_value(title ORDER BY confirmed_at DESC),
        'communique query "FROM vanished"', max(confirmed_at)
    FROM vanished
    WHERE returned_at IS NULL
    GROUP BY publisher
    UNION ALL
    SELECT 6, 'not searched for names', count(*), 'texts whose people and offices are not found yet',
        'communique maintain', max(journal_at)
    FROM kept.readings
    WHERE reading_no > (SELECT coalesce(max(reading_no), 0) FROM named.looked_at)
    HAVING count(*) > 0
)
ORDER BY place, observed_at DESC, about;
