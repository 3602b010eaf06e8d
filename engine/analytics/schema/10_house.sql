CREATE TABLE store.closed_sites ("site" UUID, "key" VARCHAR, "name" VARCHAR, origins VARCHAR[], removed_at TIMESTAMPTZ);
CREATE TABLE store.open_sites AS FROM store.closed_sites;
CREATE VIEW sites AS FROM store.closed_sites UNION ALL FROM store.open_sites;
COMMENT ON VIEW sites IS 'The web sites that may embed the widget, as they are now or were when they were removed.';
COMMENT ON COLUMN sites.site IS 'The site''s id.';
COMMENT ON COLUMN sites.key IS 'The public key of its tag.';
COMMENT ON COLUMN sites.name IS 'What it is called.';
COMMENT ON COLUMN sites.origins IS 'From where it may embed: scheme://host[:port].';
COMMENT ON COLUMN sites.removed_at IS 'When it was removed; null while it is there.';

CREATE TABLE store.closed_departments (
    department UUID, "name" VARCHAR, takes_part BOOLEAN, place INTEGER, zone VARCHAR, openings VARCHAR[],
    removed_at TIMESTAMPTZ
);
CREATE TABLE store.open_departments AS FROM store.closed_departments;
CREATE VIEW departments AS FROM store.closed_departments UNION ALL FROM store.open_departments;
COMMENT ON VIEW departments IS 'The departments, as they are now or were when they were removed.';
COMMENT ON COLUMN departments.department IS 'The department''s id.';
COMMENT ON COLUMN departments.name IS 'What it is called.';
COMMENT ON COLUMN departments.takes_part IS 'Whether visitors may choose it.';
COMMENT ON COLUMN departments.place IS 'Its place in the order in which they were added, from 1.';
COMMENT ON COLUMN departments.zone IS 'The time zone that its hours go by; null where it is always open.';
COMMENT ON COLUMN departments.openings IS 'When it is open, each as "Mon 09:00-17:00"; null where it always is.';
COMMENT ON COLUMN departments.removed_at IS 'When it was removed; null while it is there.';

CREATE TABLE store.closed_operators (
    "operator" UUID, "role" VARCHAR, departments UUID[], max_chats INTEGER, added_at TIMESTAMPTZ,
    disabled BOOLEAN, removed_at TIMESTAMPTZ
);
CREATE TABLE store.open_operators AS FROM store.closed_operators;
CREATE VIEW operators AS FROM store.closed_operators UNION ALL FROM store.open_operators;
COMMENT ON VIEW operators IS 'Those with a login, as they are now or were when they were removed. Their names stand in persons.';
COMMENT ON COLUMN operators.operator IS 'The operator''s id.';
COMMENT ON COLUMN operators.role IS 'operator, supervisor, administrator or analyst, who serves nobody.';
COMMENT ON COLUMN operators.departments IS 'The ids of the departments they serve.';
COMMENT ON COLUMN operators.max_chats IS 'How many chats they may have at once; null follows the setting.';
COMMENT ON COLUMN operators.added_at IS 'When they were added.';
COMMENT ON COLUMN operators.disabled IS 'Whether they may not sign in.';
COMMENT ON COLUMN operators.removed_at IS 'When they were removed; null while they are there.';

CREATE TABLE store.closed_operator_presence (
    "operator" UUID, state VARCHAR, began_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, seconds DOUBLE
);
CREATE TABLE store.open_operator_presence AS FROM store.closed_operator_presence;
CREATE VIEW operator_presence AS
    FROM store.closed_operator_presence UNION ALL FROM store.open_operator_presence;
COMMENT ON VIEW operator_presence IS
    'The spans in which an operator was available, in wrap-up, not available, or gone. Who lost the connection for less than the grace time was still there; while the server was down everybody was gone.';
COMMENT ON COLUMN operator_presence.operator IS 'The operator''s id.';
COMMENT ON COLUMN operator_presence.state IS
    'available, wrap-up (time for the notes of a chat that ended), not-available or gone.';
COMMENT ON COLUMN operator_presence.began_at IS 'When the span began.';
COMMENT ON COLUMN operator_presence.ended_at IS 'When it ended; null while it runs.';
COMMENT ON COLUMN operator_presence.seconds IS 'How long it was, in seconds; null while it runs.';
