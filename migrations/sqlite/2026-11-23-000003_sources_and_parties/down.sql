DROP TABLE party_identifier;
DROP TABLE party_name;
DROP TABLE party;
DROP TABLE source;
PRAGMA user_version = 2;
