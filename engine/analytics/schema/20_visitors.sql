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
    person UUID, kind VARCHAR, "name" VARCHAR, name_folded VARCHAR, email VARCHAR, address VARCHAR, address_number BIGINT,
    site_user VARCHAR, verified BOOLEAN, changed_at TIMESTAMPTZ
);
COMMENT ON TABLE persons IS
    'What is known of visitors and operators in person: the latest of each. Erasing a person empties their row.';
COMMENT ON COLUMN persons.person IS 'The visitor''s or the operator''s id.';
COMMENT ON COLUMN persons.kind IS 'visitor or operator.';
COMMENT ON COLUMN persons.name IS 'The name they gave, unchecked, or the one that their site gave.';
COMMENT ON COLUMN persons.name_folded IS
    'The name without case, accents and width, to search and to sort by: José is jose.';
COMMENT ON COLUMN persons.email IS 'The e-mail address they gave, unchecked, or the one that their site gave.';
COMMENT ON COLUMN persons.address IS 'The address of the network that a visitor''s last visit came from.';
COMMENT ON COLUMN persons.address_number IS
    'That address as a number, to sort by; of a version 6 one the first 63 bits, in which its network is.';
COMMENT ON COLUMN persons.site_user IS 'The site''s own id of the visitor, as its script says.';
COMMENT ON COLUMN persons.verified IS 'Whether the site signed what its script said last; null where it said nothing.';
COMMENT ON COLUMN persons.changed_at IS 'When any of it was told last.';

CREATE TABLE store.closed_visits (
    visit UUID, visitor UUID, "site" UUID, ordinal INTEGER, started_at TIMESTAMPTZ, left_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ, seconds DOUBLE, pages INTEGER, entry_page VARCHAR, exit_page VARCHAR, referrer VARCHAR,
    device VARCHAR, browser VARCHAR, slept_at TIMESTAMPTZ, slept_s DOUBLE
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
COMMENT ON COLUMN visits.slept_at IS
    'Since when the visitor sleeps (does nothing on any of their pages); null while they do not.';
COMMENT ON COLUMN visits.slept_s IS 'How long they slept, in seconds, without the time since slept_at.';

CREATE TABLE page_views (
    page_view UUID, visit UUID, visitor UUID, "site" UUID, ts TIMESTAMPTZ, number INTEGER, address VARCHAR,
    title VARCHAR, utm_source VARCHAR, utm_medium VARCHAR, utm_campaign VARCHAR, utm_term VARCHAR, utm_content VARCHAR,
    click_id VARCHAR, click_id_name VARCHAR
);
COMMENT ON TABLE page_views IS 'Each page that a visitor opened.';
COMMENT ON COLUMN page_views.page_view IS 'The page view''s id.';
COMMENT ON COLUMN page_views.visit IS 'The visit it belongs to.';
COMMENT ON COLUMN page_views.visitor IS 'Who viewed it.';
COMMENT ON COLUMN page_views.site IS 'The site.';
COMMENT ON COLUMN page_views.ts IS 'When it was opened.';
COMMENT ON COLUMN page_views.number IS 'Its place among the pages of the visit, from 1.';
COMMENT ON COLUMN page_views.address IS
    'The page''s address, without what a campaign added to it, and without its fragment where the site has no routes there.';
COMMENT ON COLUMN page_views.title IS 'The page''s title.';
COMMENT ON COLUMN page_views.utm_source IS 'What the address said of the campaign that led here: who sent the visitor.';
COMMENT ON COLUMN page_views.utm_medium IS 'By what means, as "email" or "cpc".';
COMMENT ON COLUMN page_views.utm_campaign IS 'The campaign''s name.';
COMMENT ON COLUMN page_views.utm_term IS 'The search term that was paid for.';
COMMENT ON COLUMN page_views.utm_content IS 'Which of several links or pictures was clicked.';
COMMENT ON COLUMN page_views.click_id IS 'By what an advertiser knows the click again.';
COMMENT ON COLUMN page_views.click_id_name IS 'Whose it is, by the name of its parameter: gclid, msclkid, fbclid …';

CREATE TABLE actions (visit UUID, visitor UUID, ts TIMESTAMPTZ, "name" VARCHAR, parameters VARCHAR);
COMMENT ON TABLE actions IS 'Each time that a site''s script told of something its visitor did.';
COMMENT ON COLUMN actions.visit IS 'The visit in which it was.';
COMMENT ON COLUMN actions.visitor IS 'Who did it.';
COMMENT ON COLUMN actions.ts IS 'When it was told.';
COMMENT ON COLUMN actions.name IS 'What the site calls it.';
COMMENT ON COLUMN actions.parameters IS 'Its parameters, a JSON object of texts: parameters->>''sku''.';
