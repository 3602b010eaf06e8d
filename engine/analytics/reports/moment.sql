-- A time as it is said
-- As a time. A day, or a time that says no zone of its own, is one by the clocks of the zone.
CREATE OR REPLACE MACRO moment(said, zone) AS
CASE
    WHEN typeof(said) = 'TIMESTAMP WITH TIME ZONE' OR NOT regexp_matches(said::VARCHAR, '^[0-9]')
        OR regexp_matches(said::VARCHAR, ':[0-9.]+ ?(Z|[+-][0-9:]+|[A-Za-z_/+-]+)$')
        THEN said::TIMESTAMPTZ
    ELSE timezone(zone, said::TIMESTAMP)
END
