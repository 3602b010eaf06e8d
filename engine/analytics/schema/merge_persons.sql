-- What the events of a batch tell of a person, merged into one row: the latest of each thing that is known.
MERGE INTO persons AS known
USING (
    SELECT
        person::UUID AS person, any_value(kind) AS kind, arg_max("name", changed_at) AS "name",
        arg_max(name_folded, changed_at) AS name_folded,
        arg_max(email, changed_at) AS email, arg_max(address, changed_at) AS address,
        arg_max(address_number, changed_at) AS address_number,
        arg_max(site_user, changed_at) AS site_user, arg_max(verified, changed_at) AS verified, max(changed_at) AS changed_at
    FROM batch GROUP BY ALL
) AS told ON known.person = told.person
WHEN MATCHED THEN UPDATE SET
    "name" = coalesce(told."name", known."name"),
    name_folded = coalesce(told.name_folded, known.name_folded),
    email = coalesce(told.email, known.email),
    address = coalesce(told.address, known.address),
    address_number = coalesce(told.address_number, known.address_number),
    site_user = coalesce(told.site_user, known.site_user),
    verified = coalesce(told.verified, known.verified),
    changed_at = told.changed_at
WHEN NOT MATCHED THEN INSERT BY NAME
