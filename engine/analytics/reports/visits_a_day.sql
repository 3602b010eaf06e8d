-- Visits a day
-- For each day of the period, UTC's where no zone is named: visits that began on it, and the different visitors who made them. A visitor of two days counts on both. A visit belongs to no department: the department changes nothing.
CREATE OR REPLACE MACRO report_visits_a_day(start, stop, {parameters}) AS TABLE
WITH ended AS MATERIALIZED (
    SELECT "first", "after" FROM whole_days(start, stop, zone := zone)
), visitors AS (
    SELECT d."day", count(*) AS visitors FROM store.day_visitors AS d
    WHERE d."day" >= (SELECT "first"::DATE FROM ended)
        AND d."day" < (SELECT "after"::DATE FROM ended)
    GROUP BY d."day"
    UNION ALL
    SELECT zone_day(v.started_at, zone) AS "day", count(DISTINCT v.visitor) FROM main.visits AS v
    WHERE v.started_at >= moment(start, zone) AND v.started_at < moment(stop, zone)
        AND (v.started_at < (SELECT "first" FROM ended)
            OR v.started_at >= (SELECT "after" FROM ended))
    GROUP BY "day"
), visits AS (
    SELECT zone_day(v.started_at, zone) AS "day", count(*) AS visits FROM main.visits AS v
    WHERE v.started_at >= moment(start, zone) AND v.started_at < moment(stop, zone)
    GROUP BY "day"
)
SELECT d."day", coalesce(v.visits, 0) AS visits, coalesce(u.visitors, 0) AS visitors
FROM report_days(start, stop, zone := zone) AS d
LEFT JOIN visits AS v ON v."day" = d."day" LEFT JOIN visitors AS u ON u."day" = d."day"
ORDER BY d."day"
