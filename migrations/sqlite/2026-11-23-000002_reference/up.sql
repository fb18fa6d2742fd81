-- Countries (ISO 3166-1) and currencies (ISO 4217): what hosts, home countries and amounts are checked against.

CREATE TABLE country (
    code        TEXT PRIMARY KEY NOT NULL CHECK (code GLOB '[A-Z][A-Z]'),
    id          TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    alpha3      TEXT NOT NULL UNIQUE CHECK (alpha3 GLOB '[A-Z][A-Z][A-Z]'),
    numeric     TEXT NOT NULL UNIQUE CHECK (numeric GLOB '[0-9][0-9][0-9]'),
    name_en     TEXT NOT NULL CHECK (trim(name_en) <> ''),
    name_zh     TEXT NOT NULL CHECK (trim(name_zh) <> ''),
    name_ja     TEXT NOT NULL CHECK (trim(name_ja) <> ''),
    asean_since TEXT CHECK (date(asean_since) IS asean_since)
) STRICT;

CREATE TABLE currency (
    code           TEXT PRIMARY KEY NOT NULL CHECK (code GLOB '[A-Z][A-Z][A-Z]'),
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    numeric        TEXT CHECK (numeric GLOB '[0-9][0-9][0-9]'),
    name_en        TEXT NOT NULL CHECK (trim(name_en) <> ''),
    name_zh        TEXT,
    name_ja        TEXT,
    decimal_places INTEGER CHECK (decimal_places BETWEEN 0 AND 4), -- NULL: the standard gives none (gold, test codes)
    withdrawn      TEXT CHECK (length(withdrawn) IN (4, 7, 10)
                               AND date(substr(withdrawn || '-01-01', 1, 10)) IS substr(withdrawn || '-01-01', 1, 10))
) STRICT;

PRAGMA user_version = 2;
