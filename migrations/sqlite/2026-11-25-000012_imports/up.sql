-- What imports leave behind besides records: mappings that are kept under a name, and proposals that a reviewer refused.
-- A refusal is remembered by what its source said, not by a link: it holds until the source says something else.

CREATE TABLE mapping (
    code TEXT PRIMARY KEY NOT NULL CHECK (trim(code) <> ''),
    id   TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    text TEXT NOT NULL CHECK (trim(text) <> '') -- TOML, as it was written
) STRICT;

CREATE TABLE refusal (
    code    TEXT PRIMARY KEY NOT NULL CHECK (code = coalesce(project, 'new') || '/' || substr(digest, 1, 16)),
    id      TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    project TEXT CHECK (trim(project) <> ''), -- which it would have changed; none for a new one
    digest  TEXT NOT NULL CHECK (length(digest) = 64), -- SHA-256 of what the source said
    file    TEXT NOT NULL CHECK (trim(file) <> ''),
    title   TEXT CHECK (trim(title) <> ''),
    reason  TEXT CHECK (trim(reason) <> '')
) STRICT;

-- The journal may speak of both. The rows are carried over as they are: their bytes are what is hashed.
CREATE TABLE entry_of_more_kinds (
    number    INTEGER PRIMARY KEY NOT NULL CHECK (number >= 0),
    batch     INTEGER NOT NULL REFERENCES batch (number) DEFERRABLE INITIALLY DEFERRED,
    kind      TEXT    NOT NULL CHECK (kind IN ('batch', 'country', 'currency', 'forum', 'source', 'party', 'project',
                                               'mechanism_event', 'guideline_case', 'indicator_observation',
                                               'judgement', 'waiver', 'exchange_rate', 'mapping', 'refusal')),
    record_id TEXT    CHECK (length(record_id) = 36),
    code      TEXT    NOT NULL,
    bytes     TEXT    NOT NULL CHECK (json_valid(bytes)),
    CHECK ((kind = 'batch') = (record_id IS NULL))
) STRICT;
INSERT INTO entry_of_more_kinds (number, batch, kind, record_id, code, bytes)
SELECT number, batch, kind, record_id, code, bytes FROM entry ORDER BY number;
DROP TABLE entry;
ALTER TABLE entry_of_more_kinds RENAME TO entry;
CREATE INDEX entry_of_record ON entry (kind, code, number);
CREATE INDEX entry_of_batch ON entry (batch, number);
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;

PRAGMA user_version = 12;
