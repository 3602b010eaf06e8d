-- What the events of a batch tell of a left message, merged into one row: the latest of each thing that is known.
MERGE INTO left_messages AS known
USING (
    SELECT
        conversation::UUID AS conversation, any_value(visitor)::UUID AS visitor, any_value("site")::UUID AS "site",
        any_value(department)::UUID AS department, min(ts) AS ts, any_value(waited) AS waited,
        arg_max(state, changed_at) AS state,
        max(answered_at) AS answered_at, arg_max(answered_by, answered_at)::UUID AS answered_by,
        max(closed_at) AS closed_at, arg_max(closed_by, closed_at)::UUID AS closed_by, max(changed_at) AS changed_at
    FROM batch GROUP BY ALL
) AS told ON known.conversation = told.conversation
WHEN MATCHED THEN UPDATE SET
    state = told.state,
    answered_at = coalesce(told.answered_at, known.answered_at),
    answered_by = coalesce(told.answered_by, known.answered_by),
    closed_at = coalesce(told.closed_at, known.closed_at),
    closed_by = coalesce(told.closed_by, known.closed_by),
    changed_at = told.changed_at
WHEN NOT MATCHED THEN INSERT BY NAME
