-- What the events of a batch tell of a visitor, merged into one row: the same in whatever batches they come.
MERGE INTO visitors AS known
USING (
    SELECT
        visitor::UUID AS visitor, min(first_seen) AS first_seen, max(last_seen) AS last_seen, max(visits) AS visits,
        arg_max("site", last_seen)::UUID AS "site", arg_max(last_visit, last_seen)::UUID AS last_visit,
        arg_max(device, last_seen) AS device, arg_max(browser, last_seen) AS browser
    FROM batch GROUP BY ALL
) AS told ON known.visitor = told.visitor
WHEN MATCHED THEN UPDATE SET
    first_seen = least(known.first_seen, told.first_seen),
    last_seen = greatest(known.last_seen, told.last_seen),
    visits = greatest(known.visits, told.visits),
    "site" = coalesce(told."site", known."site"),
    last_visit = coalesce(told.last_visit, known.last_visit),
    device = coalesce(told.device, known.device),
    browser = coalesce(told.browser, known.browser)
WHEN NOT MATCHED THEN INSERT BY NAME
