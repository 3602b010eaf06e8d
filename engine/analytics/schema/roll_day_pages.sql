-- The pages of the days [$1, $2).
INSERT INTO store.day_pages
SELECT
    utc_day(p."at") AS "day", p.address, count(*), count(DISTINCT p.visitor),
    arg_max(p.title, p."at"), max(p."at") FILTER (p.title IS NOT NULL)
FROM page_views AS p
WHERE p."at" >= $1::DATE::TIMESTAMPTZ AND p."at" < $2::DATE::TIMESTAMPTZ
GROUP BY ALL ORDER BY "day", p.address
