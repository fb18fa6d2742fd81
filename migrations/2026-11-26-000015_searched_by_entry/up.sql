-- What the index has of a record goes by the number of the record's last entry in the journal. So it is found through the journal,
-- and no index of its own has to be kept for that. Both tables are filled again when everything is made anew after the migration.
INSERT INTO search_index (search_index) VALUES ('delete-all');
DROP TABLE search_record;
CREATE TABLE search_record (
    number INTEGER PRIMARY KEY NOT NULL, -- rowid in search_index, and that of the record's last entry
    kind   TEXT    NOT NULL,
    code   TEXT    NOT NULL
) STRICT;

PRAGMA user_version = 15;
