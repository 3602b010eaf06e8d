CREATE TABLE visitors (
    visitor UUID, first_seen TIMESTAMPTZ, last_seen TIMESTAMPTZ, visits INTEGER, "site" UUID, last_visit UUID,
    device VARCHAR, browser VARCHAR
);
COMMENT ON TABLE visitors IS 'Everybody who ever came. What is personal stands in persons.';
COMMENT ON COLUMN visitors.visitor IS 'The visitor''s id.';
COMMENT ON COLUMN visitors.first_seen IS 'When they were seen first.';
COMMENT ON COLUMN visitors.last_seen IS
    'When they did something last, or their connection changed; who is on the site now has an unfinished visit.';
COMMENT ON COLUMN visitors.visits IS 'How often they came.';
COMMENT ON COLUMN visitors.site IS 'The site they were seen on last.';
COMMENT ON COLUMN visitors.last_visit IS 'Their last visit.';
COMMENT ON COLUMN visitors.device IS 'What they came with last: desktop, phone, tablet or unknown.';
COMMENT ON COLUMN visitors.browser IS 'The browser''s name, the last that is known.';

CREATE TABLE persons (
    person UUID, kind VARCHAR, "name" VARCHAR, email VARCHAR, address VARCHAR, changed_at TIMESTAMPTZ
);
COMMENT ON TABLE persons IS
    'What is known of visitors and operators in person: the latest of each. Erasing a person empties their row.';
COMMENT ON COLUMN persons.person IS 'The visitor''s or the operator''s id.';
COMMENT ON COLUMN persons.kind IS 'visitor or operator.';
COMMENT ON COLUMN persons.name IS 'The name they gave, unchecked.';
COMMENT ON COLUMN persons.email IS 'The e-mail address they gave, unchecked.';
COMMENT ON COLUMN persons.address IS 'The address of the network that a visitor''s last visit came from.';
COMMENT ON COLUMN persons.changed_at IS 'When any of it was told last.';

CREATE TABLE store.closed_visits (
    visit UUID, visitor UUID, "site" UUID, ordinal INTEGER, started_at TIMESTAMPTZ, left_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ, seconds DOUBLE, pages INTEGER, entry_page VARCHAR, exit_page VARCHAR, referrer VARCHAR,
    device VARCHAR, browser VARCHAR
);
CREATE TABLE store.open_visits AS FROM store.closed_visits;
CREATE VIEW visits AS FROM store.closed_visits UNION ALL FROM store.open_visits;
COMMENT ON VIEW visits IS 'All visits, those that go on among them.';
COMMENT ON COLUMN visits.visit IS 'The visit''s id.';
COMMENT ON COLUMN visits.visitor IS 'Whose visit it is.';
COMMENT ON COLUMN visits.site IS 'The site.';
COMMENT ON COLUMN visits.ordinal IS 'Which visit of the visitor it is; 1 is the first one ever.';
COMMENT ON COLUMN visits.started_at IS 'When the first page was opened.';
COMMENT ON COLUMN visits.left_at IS 'When the visitor was connected last; null while they are.';
COMMENT ON COLUMN visits.ended_at IS 'When the visit was over, a grace time after left_at; null while it goes on.';
COMMENT ON COLUMN visits.seconds IS 'From started_at to left_at, in seconds; null while the visit goes on.';
COMMENT ON COLUMN visits.pages IS 'How many pages were viewed.';
COMMENT ON COLUMN visits.entry_page IS 'The address of the first page.';
COMMENT ON COLUMN visits.exit_page IS 'The address of the last page so far.';
COMMENT ON COLUMN visits.referrer IS 'The page they came from.';
COMMENT ON COLUMN visits.device IS 'desktop, phone, tablet or unknown.';
COMMENT ON COLUMN visits.browser IS 'The browser''s name.';

CREATE TABLE page_views (
    page_view UUID, visit UUID, visitor UUID, "site" UUID, "at" TIMESTAMPTZ, number INTEGER, address VARCHAR,
    title VARCHAR
);
COMMENT ON TABLE page_views IS 'Each page that a visitor opened.';
COMMENT ON COLUMN page_views.page_view IS 'The page view''s id.';
COMMENT ON COLUMN page_views.visit IS 'The visit it belongs to.';
COMMENT ON COLUMN page_views.visitor IS 'Who viewed it.';
COMMENT ON COLUMN page_views.site IS 'The site.';
COMMENT ON COLUMN page_views."at" IS 'When it was opened.';
COMMENT ON COLUMN page_views.number IS 'Its place among the pages of the visit, from 1.';
COMMENT ON COLUMN page_views.address IS 'The page''s address.';
COMMENT ON COLUMN page_views.title IS 'The page''s title.';
