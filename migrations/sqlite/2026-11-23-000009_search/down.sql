DROP TABLE search_index;
DROP TABLE search_record;
PRAGMA user_version = 8;
