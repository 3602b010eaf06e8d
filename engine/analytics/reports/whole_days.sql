-- Whole days of a period
-- The days of which all lies in the period [start, stop) and that are over: [first, after), as times; equal where there is none, and where days are not UTC's, by which the roll-ups are made. Reports read these from their roll-ups and the rest from the rows.
CREATE OR REPLACE MACRO whole_days(start, stop, zone := 'UTC') AS TABLE
SELECT
    w."first"::TIMESTAMPTZ AS "first",
    CASE WHEN zone = 'UTC' THEN greatest(w."first", w."after") ELSE w."first" END::TIMESTAMPTZ AS "after"
FROM (
    SELECT
        utc_day(moment(start, zone) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND) AS "first",
        least(utc_day(moment(stop, zone)), coalesce(r.until, DATE '1970-01-01')) AS "after"
    FROM store.rolled AS r
) AS w
