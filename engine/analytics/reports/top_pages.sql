-- Top pages
-- The hundred addresses that were viewed most in the period: how often, by how many different visitors a day, added up (a visitor of two days counts on both), and the title at the last view. A page view belongs to no department: the department changes nothing.
CREATE OR REPLACE MACRO report_top_pages(start, stop, {parameters}) AS TABLE
WITH ended AS MATERIALIZED (
    SELECT "first", "after" FROM whole_days(start, stop, zone := zone)
), days AS (
    SELECT p.address, p."views", p.visitors, p.title, p.titled_at
    FROM store.day_pages AS p
    WHERE p."day" >= (SELECT "first"::DATE FROM ended)
        AND p."day" < (SELECT "after"::DATE FROM ended)
    UNION ALL
    SELECT
        p.address, count(*), count(DISTINCT p.visitor), arg_max(p.title, p.ts),
        max(p.ts) FILTER (p.title IS NOT NULL)
    FROM page_views AS p
    WHERE p.ts >= moment(start, zone) AND p.ts < moment(stop, zone)
        AND (p.ts < (SELECT "first" FROM ended)
            OR p.ts >= (SELECT "after" FROM ended))
    GROUP BY zone_day(p.ts, zone), p.address
)
SELECT
    d.address, arg_max(d.title, d.titled_at) AS title, sum(d."views")::BIGINT AS "views",
    sum(d.visitors)::BIGINT AS visitors
FROM days AS d GROUP BY d.address ORDER BY "views" DESC, d.address LIMIT 100
