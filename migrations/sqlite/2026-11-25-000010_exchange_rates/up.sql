-- Exchange rates with the day and the source of each: without one, no amount is converted in any report.
-- `rate` is the decimal number as it was published: so many units of the second currency for one unit of the first.

CREATE TABLE exchange_rate (
    code          TEXT PRIMARY KEY NOT NULL CHECK (code = from_currency || '/' || to_currency || '/' || on_date),
    id            TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    from_currency TEXT NOT NULL REFERENCES currency (code) DEFERRABLE INITIALLY DEFERRED,
    to_currency   TEXT NOT NULL REFERENCES currency (code) DEFERRABLE INITIALLY DEFERRED CHECK (to_currency <> from_currency),
    on_date       TEXT NOT NULL CHECK (date(on_date) IS on_date),
    rate          TEXT NOT NULL CHECK (rate GLOB '[0-9]*' AND rate NOT GLOB '*[^0-9.]*' AND rate + 0 > 0),
    source        TEXT NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    note          TEXT CHECK (trim(note) <> '')
) STRICT;
CREATE INDEX exchange_rate_by_source ON exchange_rate (source);

-- The journal may speak of them. The rows are carried over as they are: their bytes are what is hashed.
CREATE TABLE entry_of_more_kinds (
    number    INTEGER PRIMARY KEY NOT NULL CHECK (number >= 0),
    batch     INTEGER NOT NULL REFERENCES batch (number) DEFERRABLE INITIALLY DEFERRED,
    kind      TEXT    NOT NULL CHECK (kind IN ('batch', 'country', 'currency', 'forum', 'source', 'party', 'project',
                                               'mechanism_event', 'guideline_case', 'indicator_observation',
                                               'judgement', 'waiver', 'exchange_rate')),
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

CREATE VIEW v_exchange_rate AS
SELECT code, id, from_currency, to_currency, on_date, rate, source, note
FROM exchange_rate;

PRAGMA user_version = 10;
