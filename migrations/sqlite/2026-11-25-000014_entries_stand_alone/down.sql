CREATE TABLE entry_of_batches (
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
INSERT INTO entry_of_batches (number, batch, kind, record_id, code, bytes)
SELECT number, batch, kind, record_id, code, bytes FROM entry ORDER BY number;
DROP TABLE entry;
ALTER TABLE entry_of_batches RENAME TO entry;
CREATE INDEX entry_of_record ON entry (kind, code, number);
CREATE INDEX entry_of_batch ON entry (batch, number);
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;

DROP INDEX event_by_source;
DROP INDEX amount_by_source;
DROP INDEX risk_by_source;
CREATE INDEX event_by_source ON event (source);

PRAGMA user_version = 13;
