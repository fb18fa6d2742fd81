-- The cooperation's own timeline, and the cases that the Chinese guidelines of 2019 give.

CREATE TABLE mechanism_event (
    code                              TEXT PRIMARY KEY NOT NULL CHECK (trim(code) <> ''),
    id                                TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    on_date                           TEXT NOT NULL CHECK (length(on_date) IN (4, 7, 10)
                                          AND date(substr(on_date || '-01-01', 1, 10)) IS substr(on_date || '-01-01', 1, 10)),
    title                             TEXT NOT NULL CHECK (trim(title) <> ''),
    kind                              TEXT NOT NULL CHECK (kind IN ('memorandum', 'working_mechanism', 'forum', 'high_level_dialogue',
                                          'business_dialogue', 'official_consultation', 'summit', 'summit_preparation', 'workshop',
                                          'policy', 'project_step', 'assessment', 'background')),
    place                             TEXT,
    participants                      TEXT,
    outcome                           TEXT,
    mentions_third_country_cooperation TEXT NOT NULL CHECK (mentions_third_country_cooperation IN
                                          ('yes', 'partly', 'no', 'not_known', 'not_applicable')),
    confidence                        TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    note                              TEXT
) STRICT;
CREATE INDEX mechanism_event_in_order ON mechanism_event (on_date, code);

CREATE TABLE mechanism_event_source (
    mechanism_event TEXT    NOT NULL REFERENCES mechanism_event (code) DEFERRABLE INITIALLY DEFERRED,
    number          INTEGER NOT NULL CHECK (number >= 1),
    source          TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (mechanism_event, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE guideline_case (
    code           TEXT PRIMARY KEY NOT NULL CHECK (trim(code) <> ''),
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    standing       TEXT NOT NULL CHECK (standing IN ('confirmed', 'candidate')), -- whether it is known to stand in the guidelines
    project        TEXT REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    title_en       TEXT NOT NULL CHECK (trim(title_en) <> ''),
    mode           TEXT CHECK (mode IN ('product_service', 'engineering', 'investment', 'industrial_finance', 'strategic')),
    mode_basis     TEXT CHECK (mode_basis IN ('title', 'guidelines', 'coded')),
    sector         TEXT CHECK (sector IN ('infrastructure', 'finance', 'logistics', 'it', 'energy', 'healthcare', 'environment',
                                          'manufacturing', 'urban_development', 'trade_promotion', 'automotive', 'other')),
    partners       TEXT, -- in words
    japan_related  TEXT NOT NULL CHECK (japan_related IN ('yes', 'no', 'not_known')),
    host_note      TEXT,
    status         TEXT CHECK (status IN ('proposed', 'signed', 'committed', 'implementing', 'completed', 'suspended', 'cancelled')),
    status_on      TEXT CHECK (length(status_on) IN (4, 7, 10)
                       AND date(substr(status_on || '-01-01', 1, 10)) IS substr(status_on || '-01-01', 1, 10)),
    confidence     TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    note           TEXT
) STRICT;

CREATE TABLE guideline_case_country (
    guideline_case TEXT    NOT NULL REFERENCES guideline_case (code) DEFERRABLE INITIALLY DEFERRED,
    relation       TEXT    NOT NULL CHECK (relation IN ('host', 'partner')),
    number         INTEGER NOT NULL CHECK (number >= 1),
    country        TEXT    NOT NULL REFERENCES country (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (guideline_case, relation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE guideline_case_source (
    guideline_case TEXT    NOT NULL REFERENCES guideline_case (code) DEFERRABLE INITIALLY DEFERRED,
    number         INTEGER NOT NULL CHECK (number >= 1),
    source         TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (guideline_case, number)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 5;
