-- Visitors of a period
-- How many different visitors began a visit in the period [start, stop): those of its whole days, each on the first of them on which they came, and those of the rest who came on none of them.
CREATE OR REPLACE MACRO visitors_in(start, stop) AS TABLE
WITH whole AS (
    SELECT d.visitor FROM store.day_visitors AS d
    WHERE d."day" >= (SELECT "first"::DATE FROM whole_days(start, stop))
        AND d."day" < (SELECT "after"::DATE FROM whole_days(start, stop))
        AND coalesce(d.previous, DATE '-infinity') < (SELECT "first"::DATE FROM whole_days(start, stop))
), rest AS MATERIALIZED (
    SELECT DISTINCT v.visitor FROM visits AS v
    WHERE v.started_at >= start::TIMESTAMPTZ AND v.started_at < stop::TIMESTAMPTZ
        AND (v.started_at < (SELECT "first" FROM whole_days(start, stop))
            OR v.started_at >= (SELECT "after" FROM whole_days(start, stop)))
)
SELECT
    (SELECT count(*) FROM whole) + (SELECT count(*) FROM rest)
    - (SELECT count(*) FROM whole WHERE visitor IN (SELECT visitor FROM rest)) AS visitors
