DROP TABLE tile;
DROP TABLE entry;
DROP TABLE batch;
PRAGMA user_version = 0;
PRAGMA application_id = 0;
