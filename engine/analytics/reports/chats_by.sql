-- Chats, in total or by day
-- The measures of chats over their moments; a_day true makes a row a day, false one of all.
CREATE OR REPLACE MACRO chats_by(start, stop, a_day, {parameters}) AS TABLE
SELECT
    CASE WHEN a_day THEN zone_day(m.ts, zone) END AS "day",
    count(*) FILTER (m.measure = 'asked') AS asked,
    count(DISTINCT m.conversation) FILTER (m.measure = 'offered') AS offered,
    count(*) FILTER (m.measure = 'accepted') AS accepted,
    count(DISTINCT m.conversation) FILTER (m.measure = 'declined') AS declined,
    count(DISTINCT m.conversation) FILTER (m.measure = 'missed') AS missed,
    count(*) FILTER (m.measure = 'abandoned') AS abandoned,
    count(*) FILTER (m.measure = 'left') AS left_messages,
    quantile_cont(m.seconds, 0.5) FILTER (m.measure IN ('accepted', 'accepted-again', 'abandoned', 'gave-up')) AS waiting_median_s,
    quantile_cont(m.seconds, 0.95) FILTER (m.measure IN ('accepted', 'accepted-again', 'abandoned', 'gave-up')) AS waiting_p95_s,
    quantile_cont(m.seconds, 0.5) FILTER (m.measure = 'responded') AS first_response_median_s,
    quantile_cont(m.seconds, 0.95) FILTER (m.measure = 'responded') AS first_response_p95_s
FROM chat_moments(start, stop, {given}) AS m
GROUP BY ALL
