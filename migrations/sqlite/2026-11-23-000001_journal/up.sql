-- The journal: what was recorded, when, by whom and why. It is the truth of the registry; every other table
-- is its projection and can be rebuilt from it. Nothing in it is ever changed or removed.

PRAGMA application_id = 0x54504d43; -- "TPMC", so that another program's SQLite file is refused by name
PRAGMA user_version = 1;            -- the number of migrations applied: one cheap read tells an older or newer file

CREATE TABLE batch (
    number      INTEGER PRIMARY KEY NOT NULL CHECK (number >= 1),
    recorded_at TEXT    NOT NULL CHECK (recorded_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
    actor       TEXT    NOT NULL CHECK (trim(actor) <> ''),
    command     TEXT    NOT NULL CHECK (trim(command) <> ''),
    reason      TEXT,
    undoes      INTEGER REFERENCES batch (number) CHECK (undoes < number),
    first_entry INTEGER NOT NULL CHECK (first_entry >= 0),
    entries     INTEGER NOT NULL CHECK (entries >= 2) -- records saved or removed, and the entry that closes the batch
) STRICT;
CREATE INDEX batch_in_time ON batch (recorded_at, number);
CREATE INDEX batch_taken_back ON batch (undoes, number) WHERE undoes IS NOT NULL;

-- `number` is the index of the leaf in the Merkle tree, from 0 without gaps. `bytes` is what is hashed: never rewritten,
-- never serialised again. The other columns repeat what the bytes say, so that one record's history is found by an index.
CREATE TABLE entry (
    number    INTEGER PRIMARY KEY NOT NULL CHECK (number >= 0),
    batch     INTEGER NOT NULL REFERENCES batch (number) DEFERRABLE INITIALLY DEFERRED,
    kind      TEXT    NOT NULL CHECK (kind IN ('batch', 'country', 'currency', 'forum', 'source', 'party', 'project',
                                               'mechanism_event', 'guideline_case', 'indicator_observation',
                                               'judgement', 'waiver')),
    record_id TEXT    CHECK (length(record_id) = 36),
    code      TEXT    NOT NULL,
    bytes     TEXT    NOT NULL CHECK (json_valid(bytes)),
    CHECK ((kind = 'batch') = (record_id IS NULL))
) STRICT;
CREATE INDEX entry_of_record ON entry (kind, code, number);
CREATE INDEX entry_of_batch ON entry (batch, number);

-- The Merkle tree over the entries (RFC 6962, section 2.1) in the tile layout of C2SP tlog-tiles:
-- up to 256 hashes of 32 bytes in a row, level 0 being the leaves.
CREATE TABLE tile (
    level  INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
    number INTEGER NOT NULL CHECK (number >= 0),
    hashes BLOB    NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER batch_is_final BEFORE UPDATE ON batch BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
