-- The day each reading counts for, and where that day comes from; days of instants are days in UTC.
UPDATE kept.readings SET
    "day" = coalesce(
        CASE WHEN published_basis = 'stated' THEN published_on END,
        address_on,
        CAST(listed_at AS DATE),
        CAST(release_seen_at AS DATE)
    ),
    day_basis = CASE
        WHEN published_basis = 'stated' AND published_on IS NOT NULL THEN 'stated'
        WHEN address_on IS NOT NULL THEN 'address'
        WHEN listed_at IS NOT NULL THEN 'listing'
        ELSE 'first seen'
    END
WHERE batch_no > $after
