DROP TABLE currency;
DROP TABLE country;
PRAGMA user_version = 1;
