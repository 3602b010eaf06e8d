-- Visits
-- Visits that began in the period, the different visitors who made them, the pages viewed in them so far, and the median length of those that are over, from the first page until the visitor was connected last, in seconds. A visit belongs to no department: the department changes nothing.
CREATE OR REPLACE MACRO report_visits(start, stop, {parameters}) AS TABLE
SELECT c.visits, u.visitors, c.pages, c.length_median_s
FROM (
    SELECT
        count(*) AS visits, coalesce(sum(v.pages), 0)::BIGINT AS pages, quantile_cont(v.seconds, 0.5) AS length_median_s
    FROM visits AS v
    WHERE v.started_at >= moment(start, zone) AND v.started_at < moment(stop, zone)
) AS c, visitors_in(start, stop, zone := zone) AS u
