-- What only the projector writes and reads: how far it is, the states of the facts, and the parts of the tables.
CREATE SCHEMA store;

CREATE TABLE store.meta (name VARCHAR, value VARCHAR);
COMMENT ON TABLE store.meta IS 'What the tables were made of: the version of their facts and the journal''s epoch.';
COMMENT ON COLUMN store.meta.name IS 'version or epoch.';
COMMENT ON COLUMN store.meta.value IS 'Its value.';

CREATE TABLE store.mark (position BIGINT);
COMMENT ON TABLE store.mark IS 'How far the tables are.';
COMMENT ON COLUMN store.mark.position IS 'The journal''s position of the last event that is in the tables.';
INSERT INTO store.mark VALUES (0);

CREATE TABLE store.states (fact VARCHAR, piece VARCHAR, state VARCHAR);
COMMENT ON TABLE store.states IS 'What each fact remembers at the mark, to go on from.';
COMMENT ON COLUMN store.states.fact IS 'The name of the fact.';
COMMENT ON COLUMN store.states.piece IS 'Which piece of its state: a field, or field.key of an entry.';
COMMENT ON COLUMN store.states.state IS 'The piece as JSON.';
