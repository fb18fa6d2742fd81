DROP TABLE tally;

PRAGMA user_version = 10;
