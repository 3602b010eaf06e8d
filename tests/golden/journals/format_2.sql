-- A journal's file as 2ad0367 makes it (format 2).
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,      -- UTC, microseconds since 1970
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject BLOB,             -- the conversation, visitor, operator, department or site it is about
    number INTEGER,           -- a conversation's own count
    id BLOB NOT NULL,
    cause BLOB NOT NULL,      -- the id of the event or the command that led to it
    payload BLOB NOT NULL,    -- JSON
    personal BLOB             -- JSON; empty once erased
);
CREATE UNIQUE INDEX IF NOT EXISTS events_id ON events (id);
CREATE INDEX IF NOT EXISTS events_subject ON events (subject, position) WHERE subject IS NOT NULL;
CREATE TABLE IF NOT EXISTS answers (
    sender TEXT NOT NULL,
    client_id TEXT NOT NULL,
    answer BLOB NOT NULL,     -- JSON of the outcome that was given
    PRIMARY KEY (sender, client_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshot (
    upto INTEGER PRIMARY KEY, -- the position of the last event in it
    made INTEGER NOT NULL,    -- UTC, microseconds since 1970
    format TEXT NOT NULL,     -- of what program it can be read
    sha BLOB NOT NULL         -- SHA-256 of all its parts
);
CREATE TABLE IF NOT EXISTS snapshot_part (
    upto INTEGER NOT NULL,
    part INTEGER NOT NULL,    -- 0, 1, 2 …
    state BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS snapshot_part_of ON snapshot_part (upto, part);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS texts (position, body) AS
SELECT position, coalesce(personal ->> '$.subject' || char(10), '') || (personal ->> '$.text')
FROM (
    SELECT position, CAST(personal AS TEXT) AS personal FROM events WHERE number IS NOT NULL AND personal IS NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS text_index
USING fts5(body, content = 'texts', content_rowid = 'position', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1);
PRAGMA user_version = 2;
