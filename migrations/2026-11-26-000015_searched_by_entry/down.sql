CREATE TABLE search_record_of_kind (
    number INTEGER PRIMARY KEY NOT NULL, -- rowid in search_index
    kind   TEXT    NOT NULL,
    code   TEXT    NOT NULL,
    UNIQUE (kind, code)
) STRICT;
INSERT INTO search_record_of_kind (number, kind, code) SELECT number, kind, code FROM search_record;
DROP TABLE search_record;
ALTER TABLE search_record_of_kind RENAME TO search_record;

PRAGMA user_version = 14;
