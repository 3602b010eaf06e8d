-- Visitors of a period
-- How many different visitors began a visit in the period [start, stop): those of its whole days, each on the first of them on which they came, and those of the rest who came on none of them.
CREATE OR REPLACE MACRO visitors_in(start, stop, zone := 'UTC') AS TABLE
WITH ended AS MATERIALIZED (
    SELECT "first", "after" FROM whole_days(start, stop, zone := zone)
), whole AS (
    SELECT d.visitor FROM store.day_visitors AS d
    WHERE d."day" >= (SELECT "first"::DATE FROM ended)
        AND d."day" < (SELECT "after"::DATE FROM ended)
        AND coalesce(d.previous, DATE '-infinity') < (SELECT "first"::DATE FROM ended)
), rest AS MATERIALIZED (
    SELECT DISTINCT v.visitor FROM visits AS v
    WHERE v.started_at >= moment(start, zone) AND v.started_at < moment(stop, zone)
        AND (v.started_at < (SELECT "first" FROM ended)
            OR v.started_at >= (SELECT "after" FROM ended))
)
SELECT
    (SELECT count(*) FROM whole) + (SELECT count(*) FROM rest)
    - (SELECT count(*) FROM whole WHERE visitor IN (SELECT visitor FROM rest)) AS visitors
