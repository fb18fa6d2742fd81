-- Figures about countries and groups of countries: the tables of the paper and the numbers in its text.
-- `value` is the decimal number as it was printed, trailing zeros included: its last digit says how exact it is.

CREATE TABLE indicator_observation (
    code             TEXT    PRIMARY KEY NOT NULL CHECK (trim(code) <> ''), -- place/indicator/period
    id               TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
    place            TEXT    NOT NULL CHECK (trim(place) <> ''), -- ISO 3166-1 alpha-2, a group (ASEAN, WORLD, ADV) or a flow (CN-ASEAN)
    indicator        TEXT    NOT NULL CHECK (trim(indicator) <> ''),
    period           TEXT    NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]'
                                             OR period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]'),
    value            TEXT    NOT NULL CHECK (value GLOB '[-0-9]*' AND value NOT GLOB '?*[^0-9.]*'),
    unit             TEXT    NOT NULL CHECK (trim(unit) <> ''),
    derived          INTEGER NOT NULL CHECK (derived IN (0, 1)), -- 1: the paper's own computation, or repeated by its text
    printed_in       TEXT    NOT NULL, -- the table or section of the paper
    original_source  TEXT    NOT NULL, -- whom the paper names for it
    source           TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    note             TEXT,
    UNIQUE (place, indicator, period)
) STRICT;
CREATE INDEX indicator_observation_by_indicator ON indicator_observation (indicator, place, period);

PRAGMA user_version = 6;
