-- The pages of the days [$1, $2).
INSERT INTO store.day_pages
SELECT
    utc_day(p.ts) AS "day", p.address, count(*), count(DISTINCT p.visitor),
    arg_max(p.title, p.ts), max(p.ts) FILTER (p.title IS NOT NULL)
FROM page_views AS p
WHERE p.ts >= $1::DATE::TIMESTAMPTZ AND p.ts < $2::DATE::TIMESTAMPTZ
GROUP BY ALL ORDER BY "day", p.address
