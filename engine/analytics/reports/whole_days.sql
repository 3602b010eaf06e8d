-- Whole days of a period
-- The days of which all lies in the period [start, stop) and that are over: [first, after), as times; equal where there is none. Reports read these from their roll-ups and the rest from the rows.
CREATE OR REPLACE MACRO whole_days(start, stop) AS TABLE
SELECT w."first"::TIMESTAMPTZ AS "first", greatest(w."first", w."after")::TIMESTAMPTZ AS "after"
FROM (
    SELECT
        utc_day(start::TIMESTAMPTZ + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND) AS "first",
        least(utc_day(stop::TIMESTAMPTZ), coalesce(r.until, DATE '1970-01-01')) AS "after"
    FROM store.rolled AS r
) AS w
