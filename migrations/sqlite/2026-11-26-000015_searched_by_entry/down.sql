DROP TABLE search_index;
DROP TABLE IF EXISTS search_index_content; -- SQLite 3.53 leaves it behind
CREATE TABLE search_record (
    number INTEGER PRIMARY KEY NOT NULL, -- rowid in search_index
    kind   TEXT    NOT NULL,
    code   TEXT    NOT NULL,
    UNIQUE (kind, code)
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5 (heading, body, content = '', contentless_delete = 1, tokenize = 'ascii');

PRAGMA user_version = 14;
