DROP TABLE indicator_observation;
PRAGMA user_version = 5;
