-- Top pages
-- The hundred addresses that were viewed most in the period: how often, by how many different visitors, and the title at the last view. A page view belongs to no department: the department changes nothing.
CREATE OR REPLACE MACRO report_top_pages(start, stop, department := NULL) AS TABLE
SELECT p.address, arg_max(p.title, p."at") AS title, count(*) AS "views", count(DISTINCT p.visitor) AS visitors
FROM page_views AS p
WHERE p."at" >= start::TIMESTAMPTZ AND p."at" < stop::TIMESTAMPTZ
GROUP BY p.address ORDER BY "views" DESC, p.address LIMIT 100
