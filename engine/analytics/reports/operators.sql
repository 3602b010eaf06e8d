-- Operators
-- For each operator, of the department if one is given or with chats or offers of it: chats first accepted in the period (invited ones among them; one taken more than once is its last operator's), with the median time from accepting to the first message and to the end; offers made to them in the period, and how many they declined or did not answer in time; and the time they were available in the period, in seconds. Chats and offers are those of the department; time available is not divided by departments.
CREATE OR REPLACE MACRO report_operators(start, stop, {parameters}) AS TABLE
WITH chats AS (
    SELECT
        r."operator", count(*) AS chats, quantile_cont(r.first_response_s, 0.5) AS first_response_median_s,
        quantile_cont(r.duration_s, 0.5) AS duration_median_s
    FROM conversations AS r
    WHERE r.accepted_at >= moment(start, zone) AND r.accepted_at < moment(stop, zone)
        AND {wanted}
    GROUP BY r."operator"
), asked AS (
    SELECT
        r."operator", count(*) AS offers, count(*) FILTER (r.outcome = 'declined') AS declined,
        count(*) FILTER (r.outcome = 'timed-out') AS missed
    FROM offers AS r
    WHERE r.made_at >= moment(start, zone) AND r.made_at < moment(stop, zone)
        AND {wanted}
    GROUP BY r."operator"
), available AS (
    SELECT
        s."operator",
        sum(epoch(least(coalesce(s.ended_at, now()), moment(stop, zone)) - greatest(s.began_at, moment(start, zone)))) AS available_s
    FROM operator_presence AS s
    WHERE s.state = 'available' AND s.began_at < moment(stop, zone)
        AND coalesce(s.ended_at, now()) > moment(start, zone)
    GROUP BY s."operator"
)
SELECT
    a."operator", p."name", coalesce(c.chats, 0) AS chats, coalesce(o.offers, 0) AS offers,
    coalesce(o.declined, 0) AS declined, coalesce(o.missed, 0) AS missed, c.first_response_median_s,
    c.duration_median_s, coalesce(v.available_s, 0) AS available_s
FROM operators AS a
LEFT JOIN persons AS p ON p.person = a."operator"
LEFT JOIN chats AS c ON c."operator" = a."operator"
LEFT JOIN asked AS o ON o."operator" = a."operator"
LEFT JOIN available AS v ON v."operator" = a."operator"
WHERE department IS NULL OR list_contains(a.departments, department::UUID) OR c.chats > 0 OR o.offers > 0
ORDER BY p."name", a."operator"
