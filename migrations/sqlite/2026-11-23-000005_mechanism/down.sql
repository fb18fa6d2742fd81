DROP TABLE guideline_case_source;
DROP TABLE guideline_case_country;
DROP TABLE guideline_case;
DROP TABLE mechanism_event_source;
DROP TABLE mechanism_event;
PRAGMA user_version = 4;
