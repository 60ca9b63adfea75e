-- The parts of a record as JSON has them: keys sorted, instants as RFC 3339 in UTC.
CREATE OR REPLACE TEMP MACRO instant_told(moment) AS
    replace(strftime(moment, '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z');

CREATE OR REPLACE TEMP MACRO stamp_told(moment, local_day, prec, local_zone, written, by_rule, grounds) AS
    CASE WHEN prec IS NOT NULL THEN struct_pack(
        "at" := instant_told(moment), basis := grounds, "on" := local_day, "precision" := prec, "rule" := by_rule,
        "text" := written, "zone" := local_zone) END;
