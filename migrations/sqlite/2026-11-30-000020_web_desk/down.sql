DROP TABLE draft;
DROP TABLE session;
DROP TABLE account;
PRAGMA user_version = 19;
