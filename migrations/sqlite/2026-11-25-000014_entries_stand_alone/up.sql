-- An entry is written before the batch that it belongs to is closed. As long as its link to the batch was open, SQLite had to look
-- through every table that refers to a record that was added, in every batch. The bytes of the entries say which batch they are
-- of, and `tpmc verify` compares; so the link goes. The entries of a batch are a range of numbers, which the batch states: their
-- index goes too.
CREATE TABLE entry_alone (
    number    INTEGER PRIMARY KEY NOT NULL CHECK (number >= 0),
    batch     INTEGER NOT NULL CHECK (batch >= 1),
    kind      TEXT    NOT NULL CHECK (kind IN ('batch', 'country', 'currency', 'forum', 'source', 'party', 'project',
                                               'mechanism_event', 'guideline_case', 'indicator_observation',
                                               'judgement', 'waiver', 'exchange_rate', 'mapping', 'refusal')),
    record_id TEXT    CHECK (length(record_id) = 36),
    code      TEXT    NOT NULL,
    bytes     TEXT    NOT NULL CHECK (json_valid(bytes)),
    CHECK ((kind = 'batch') = (record_id IS NULL))
) STRICT;
INSERT INTO entry_alone (number, batch, kind, record_id, code, bytes)
SELECT number, batch, kind, record_id, code, bytes FROM entry ORDER BY number;
DROP TABLE entry;
ALTER TABLE entry_alone RENAME TO entry;
CREATE INDEX entry_of_record ON entry (kind, code, number);
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;

-- What cites a source is found without reading everything, also when the source changes. Most events and amounts cite none of
-- their own.
DROP INDEX event_by_source;
CREATE INDEX event_by_source ON event (source) WHERE source IS NOT NULL;
CREATE INDEX amount_by_source ON amount (source) WHERE source IS NOT NULL;
CREATE INDEX risk_by_source ON risk (source) WHERE source IS NOT NULL;

PRAGMA user_version = 14;
