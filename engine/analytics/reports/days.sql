-- Days
-- Each day of a time zone, UTC's where none is named, of which a part lies in the period [start, stop).
CREATE OR REPLACE MACRO report_days(start, stop, zone := 'UTC') AS TABLE
SELECT d."day"::DATE AS "day"
FROM generate_series(
    zone_day(moment(start, zone), zone), zone_day(moment(stop, zone) - INTERVAL 1 MICROSECOND, zone), INTERVAL 1 DAY
) AS d("day")
WHERE zone_day(timezone(zone, d."day"), zone) = d."day"::DATE
