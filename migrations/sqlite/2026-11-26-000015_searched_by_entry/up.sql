-- What the index has of a record goes by the number of the record's last entry in the journal, so that it is found through the
-- journal, and the index itself says which record it is. No table beside it has to be kept for that. It is filled again when
-- everything is made anew after the migration.
DROP TABLE search_index;
DROP TABLE search_record;
CREATE VIRTUAL TABLE search_index USING fts5 (
    kind UNINDEXED, code UNINDEXED, heading, body,
    content = '', contentless_delete = 1, contentless_unindexed = 1, tokenize = 'ascii'
);

PRAGMA user_version = 15;
