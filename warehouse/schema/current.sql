-- Columns that only the published copy has; derived, so the writer's tables stay append-only. `warehouse/days.sql`,
-- `warehouse/superseded.sql` and `warehouse/twins.sql` fill them.
ALTER TABLE kept.readings ADD COLUMN is_current BOOLEAN DEFAULT true;
ALTER TABLE kept.readings ADD COLUMN "day" DATE;
ALTER TABLE kept.readings ADD COLUMN day_basis VARCHAR;
ALTER TABLE kept.readings ADD COLUMN superseded_at TIMESTAMPTZ;
ALTER TABLE kept.readings ADD COLUMN twin_since TIMESTAMPTZ;
COMMENT ON COLUMN kept.readings.superseded_at IS 'when the archive came to know the reading that took its place; null while it is current';
COMMENT ON COLUMN kept.readings.twin_since IS 'when the archive came to know that an elder release is the same; null where none is';
COMMENT ON COLUMN kept.readings.is_current IS 'whether this is how the release reads now';
COMMENT ON COLUMN kept.readings."day" IS 'the day it counts for: stated, else from the address, else the listing, else first seen';
COMMENT ON COLUMN kept.readings.day_basis IS 'where day comes from: stated, address, listing or first seen';
