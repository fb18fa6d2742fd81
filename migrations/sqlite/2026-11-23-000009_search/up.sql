-- The index of `tpmc search`: for each record the words of its names (heading) and of the rest (body), cut and folded by the
-- program, separated by blanks. A character of a script without blanks is a word of its own, and a longer term is a phrase, so
-- that terms of one and two characters are found; the tokenizer adds nothing (bytes outside ASCII are letters to it).

CREATE TABLE search_record (
    number INTEGER PRIMARY KEY NOT NULL, -- rowid in search_index
    kind   TEXT    NOT NULL,
    code   TEXT    NOT NULL,
    UNIQUE (kind, code)
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (heading, body, content = '', contentless_delete = 1, tokenize = 'ascii');

PRAGMA user_version = 9;
