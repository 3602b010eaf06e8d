-- Visits a day
-- For each UTC day of the period: visits that began on it, and the different visitors who made them. A visitor of two days counts on both. A visit belongs to no department: the department changes nothing.
CREATE OR REPLACE MACRO report_visits_a_day(start, stop, department := NULL) AS TABLE
SELECT d."day", count(v.visit) AS visits, count(DISTINCT v.visitor) AS visitors
FROM report_days(start, stop) AS d LEFT JOIN (
    SELECT v.visit, v.visitor, v.started_at::DATE AS "day" FROM visits AS v
    WHERE v.started_at >= start::TIMESTAMPTZ AND v.started_at < stop::TIMESTAMPTZ
) AS v ON v."day" = d."day"
GROUP BY d."day" ORDER BY d."day"
