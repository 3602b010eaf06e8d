-- A journal's file as the first program made it (format 1).
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
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
