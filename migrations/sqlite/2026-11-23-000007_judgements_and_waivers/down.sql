DROP TABLE waiver;
DROP TABLE judgement;
PRAGMA user_version = 6;
