-- Who may use the web desk, and the entries that wait there for a second person. None of this is a record: the journal does not speak
-- of it, no export and no bundle holds it, and it is not made anew from anything.

CREATE TABLE account (
    name     TEXT PRIMARY KEY NOT NULL CHECK (trim(name) <> ''),
    role     TEXT NOT NULL CHECK (role IN ('reader', 'recorder', 'approver')),
    password TEXT CHECK (trim(password) <> '') -- Argon2 in the PHC string format; none in a backup, until one is set
) STRICT;

CREATE TABLE session (
    digest  TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64), -- SHA-256 of what the browser has
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ends_at TEXT NOT NULL
) STRICT;

CREATE TABLE draft (
    number     INTEGER PRIMARY KEY NOT NULL CHECK (number > 0),
    made_at    TEXT NOT NULL,
    author     TEXT NOT NULL CHECK (trim(author) <> ''),
    command    TEXT NOT NULL CHECK (trim(command) <> ''), -- like `project set`
    arguments  TEXT NOT NULL CHECK (json_valid(arguments)), -- an array of texts
    language   TEXT NOT NULL CHECK (language IN ('en', 'zh', 'ja')), -- of its author, and of what was seen
    seen       TEXT NOT NULL, -- what the author saw that it would record
    file_name  TEXT CHECK (trim(file_name) <> ''),
    file       BLOB CHECK ((file IS NULL) = (file_name IS NULL)), -- a plan, or a document
    decided_at TEXT,
    decided_by TEXT CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    reason     TEXT CHECK (trim(reason) <> ''), -- of the refusal
    batch      INTEGER, -- which recorded it; none when it was refused
    CHECK (decided_at IS NULL OR (batch IS NULL) <> (reason IS NULL)),
    CHECK (decided_at IS NOT NULL OR (batch IS NULL AND reason IS NULL))
) STRICT;

PRAGMA user_version = 20;
