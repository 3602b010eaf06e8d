-- The visitors of the days [$1, $2), the days before being there.
INSERT INTO store.day_visitors
WITH came AS MATERIALIZED (
    SELECT DISTINCT utc_day(v.started_at) AS "day", v.visitor FROM visits AS v
    WHERE v.started_at >= $1::DATE::TIMESTAMPTZ AND v.started_at < $2::DATE::TIMESTAMPTZ
), earlier AS (
    SELECT d.visitor, max(d."day") AS "day" FROM store.day_visitors AS d
    WHERE d.visitor IN (SELECT visitor FROM came) GROUP BY d.visitor
)
SELECT c."day", c.visitor, coalesce(lag(c."day") OVER (PARTITION BY c.visitor ORDER BY c."day"), e."day")
FROM came AS c LEFT JOIN earlier AS e ON e.visitor = c.visitor
ORDER BY c."day", c.visitor
