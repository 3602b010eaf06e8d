-- Days
-- Each UTC day of which a part lies in the period [start, stop).
CREATE OR REPLACE MACRO report_days(start, stop) AS TABLE
SELECT d."day"::DATE AS "day"
FROM generate_series(start::TIMESTAMPTZ::DATE, (stop::TIMESTAMPTZ - INTERVAL 1 MICROSECOND)::DATE, INTERVAL 1 DAY) AS d("day")
