-- Chats a day
-- The measures of chats for each day of the period, UTC's where no zone is named, by the day on which the thing happened. A conversation that rang on two days is offered on both.
CREATE OR REPLACE MACRO report_chats_a_day(start, stop, {parameters}) AS TABLE
SELECT * FROM chats_by(start, stop, true, {given}) ORDER BY "day"
