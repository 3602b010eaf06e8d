"""The journal's tables. Positions count the events of this file; ids are UUIDs as 16 bytes; times are microseconds."""

FORMAT = 4  # 2: snapshots, and the index of texts; 3: conversations by visitor; 4: the index has words of all scripts
WITH_TEXTS = 4


class NewerJournal(Exception):
    """The file was written by a newer program; nothing was changed."""


def check_format(name: str, found: int) -> None:
    """Raise `NewerJournal` where a file's format is later than ours."""
    if found > FORMAT:
        raise NewerJournal(f"{name} has format {found}; this program knows up to {FORMAT}")


PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;
"""

TABLES = """
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
CREATE INDEX IF NOT EXISTS events_of_visitor ON events (CAST(payload AS TEXT) ->> '$.visitor', position)
WHERE kind IN ('HelpAsked', 'Invited', 'MessageLeft', 'InvitationAccepted');
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
"""

# What people wrote in conversations can be searched. The texts stand in the events alone: the index has words and
# places. Empty an event's `personal` only after `UNINDEX_TEXT`. The function `words` is ours: see `with_words`.
TEXTS = """
CREATE VIEW IF NOT EXISTS texts (position, body) AS
SELECT position, coalesce(personal ->> '$.subject' || char(10), '') || (personal ->> '$.text')
FROM (
    SELECT position, CAST(personal AS TEXT) AS personal FROM events WHERE number IS NOT NULL AND personal IS NOT NULL
);
CREATE VIEW IF NOT EXISTS indexed (position, body) AS SELECT position, words(body) FROM texts;
DROP TABLE IF EXISTS text_index;
CREATE VIRTUAL TABLE text_index USING fts5(
    body, content = 'indexed', content_rowid = 'position',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1);
"""
INDEX_ALL_TEXTS = """
BEGIN IMMEDIATE;
INSERT INTO text_index (text_index) VALUES ('delete-all');
INSERT INTO text_index (rowid, body) SELECT position, body FROM indexed WHERE body IS NOT NULL;
"""
INDEX_TEXT = "INSERT INTO text_index (rowid, body) VALUES (?, ?)"
UNINDEX_TEXT = (
    "INSERT INTO text_index (text_index, rowid, body) SELECT 'delete', position, body FROM indexed "
    "WHERE position = ? AND body IS NOT NULL"
)

# A visitor's events that say which conversation is theirs, or a name that they gave; the words of the index.
OF_VISITOR = (
    "kind IN ('HelpAsked', 'Invited', 'MessageLeft', 'InvitationAccepted') "
    "AND CAST(payload AS TEXT) ->> '$.visitor' = ? ORDER BY position DESC"
)

INSERT_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_ANSWER = "INSERT INTO answers VALUES (?, ?, ?)"
COLUMNS = "position, at, kind, version, subject, number, id, cause, payload, personal"
