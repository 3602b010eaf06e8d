-- What reports of many days rest on: each UTC day that is over, added up once. The running day is read from its rows.
CREATE TABLE store.rolled (until DATE);
COMMENT ON TABLE store.rolled IS 'Which days the roll-ups have.';
COMMENT ON COLUMN store.rolled.until IS 'All days before this one, which is the day of the last page view; null before the first.';
INSERT INTO store.rolled VALUES (NULL);

CREATE TABLE store.day_pages ("day" DATE, address VARCHAR, "views" BIGINT, visitors BIGINT, title VARCHAR, titled_at TIMESTAMPTZ);
COMMENT ON TABLE store.day_pages IS 'The pages viewed on a day.';
COMMENT ON COLUMN store.day_pages.day IS 'The UTC day.';
COMMENT ON COLUMN store.day_pages.address IS 'The page''s address.';
COMMENT ON COLUMN store.day_pages.views IS 'How often it was viewed.';
COMMENT ON COLUMN store.day_pages.visitors IS 'By how many different visitors.';
COMMENT ON COLUMN store.day_pages.title IS 'Its title at the last view at which it had one.';
COMMENT ON COLUMN store.day_pages.titled_at IS 'When that view was.';

CREATE TABLE store.day_visitors ("day" DATE, visitor UUID, previous DATE);
COMMENT ON TABLE store.day_visitors IS 'Who began a visit on a day.';
COMMENT ON COLUMN store.day_visitors.day IS 'The UTC day.';
COMMENT ON COLUMN store.day_visitors.visitor IS 'The visitor''s id.';
COMMENT ON COLUMN store.day_visitors.previous IS
    'The last day before on which they began one; null where there is none. Who is counted once in a period is who has none in it.';
