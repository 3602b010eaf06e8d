-- Moments of chats
-- What the measures of chats are made of: one row for each thing that happened in the period [start, stop), of one department or of all: asked (help was asked for), offered (it rang at an operator), declined and missed (an operator declined, or did not answer in time), accepted, abandoned and gave-up (a wait ended by an answer, by leaving, by leaving a message), accepted-again (by an answer to who had lost their operator), left (a message was left), responded (the operator's first message). A row "nothing" stands for each day, so that no day is missing.
CREATE OR REPLACE MACRO chat_moments(start, stop, {parameters}) AS TABLE
WITH moments AS (
    SELECT c.asked_at AS ts, 'asked' AS measure, c.conversation, c.department, NULL::DOUBLE AS seconds
    FROM conversations AS c
    UNION ALL
    SELECT o.made_at, 'offered', o.conversation, o.department, NULL FROM offers AS o
    UNION ALL
    SELECT o.ended_at, CASE o.outcome WHEN 'declined' THEN 'declined' ELSE 'missed' END, o.conversation, o.department, NULL
    FROM offers AS o WHERE o.outcome IN ('declined', 'timed-out')
    UNION ALL
    SELECT
        w.ended_at,
        CASE
            WHEN w.outcome = 'answered' AND w.reason IN ('operator-lost', 'operator-left') THEN 'accepted-again'
            WHEN w.outcome = 'answered' THEN 'accepted' WHEN w.outcome = 'abandoned' THEN 'abandoned' ELSE 'gave-up'
        END,
        w.conversation, w.department, w.seconds
    FROM waits AS w
    UNION ALL
    SELECT m.ts, 'left', m.conversation, m.department, NULL FROM left_messages AS m
    UNION ALL
    SELECT c.first_response_at, 'responded', c.conversation, c.department, c.first_response_s FROM conversations AS c
)
SELECT r.ts, r.measure, r.conversation, r.seconds FROM moments AS r
WHERE r.ts >= moment(start, zone) AND r.ts < moment(stop, zone) AND {wanted}
UNION ALL
SELECT greatest(timezone(zone, d."day"::TIMESTAMP), moment(start, zone)), 'nothing', NULL, NULL FROM report_days(start, stop, zone := zone) AS d
