-- Sources, and the organisations that take part, with their names in several languages and their identifiers.
-- Links are checked at the end of a batch (DEFERRABLE), so that records may arrive in any order within it.

CREATE TABLE source (
    code           TEXT PRIMARY KEY NOT NULL CHECK (trim(code) <> ''),
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    url            TEXT UNIQUE CHECK (trim(url) <> ''),
    title          TEXT CHECK (trim(title) <> ''),
    publisher      TEXT CHECK (trim(publisher) <> ''),
    publisher_kind TEXT CHECK (publisher_kind IN ('government', 'quasi_government', 'party', 'press', 'trade_press',
                                                  'database', 'academic', 'other')),
    language       TEXT CHECK (length(language) IN (2, 3)),
    read_on        TEXT CHECK (date(read_on) IS read_on),
    confidence     TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    note           TEXT
) STRICT;

CREATE TABLE party (
    code        TEXT PRIMARY KEY NOT NULL CHECK (trim(code) <> ''),
    id          TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    name_en     TEXT CHECK (trim(name_en) <> ''),
    name_zh     TEXT CHECK (trim(name_zh) <> ''),
    name_ja     TEXT CHECK (trim(name_ja) <> ''),
    name_native TEXT CHECK (trim(name_native) <> ''),
    country     TEXT REFERENCES country (code) DEFERRABLE INITIALLY DEFERRED,
    side        TEXT CHECK (side IN ('chinese', 'japanese', 'host', 'other')), -- only where the home country misleads
    kind        TEXT NOT NULL CHECK (kind IN ('company', 'bank', 'insurer', 'fund', 'association', 'government',
                                              'government_agency', 'local_government', 'multilateral', 'hospital', 'other')),
    note        TEXT,
    CHECK (coalesce(name_en, name_zh, name_ja, name_native) IS NOT NULL)
) STRICT;
CREATE INDEX party_in_country ON party (country);

CREATE TABLE party_name (
    party    TEXT    NOT NULL REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED,
    number   INTEGER NOT NULL CHECK (number >= 1),
    name     TEXT    NOT NULL CHECK (trim(name) <> ''),
    language TEXT    NOT NULL CHECK (length(language) IN (2, 3)),
    kind     TEXT    NOT NULL CHECK (kind IN ('short', 'former', 'alias', 'variant')),
    PRIMARY KEY (party, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE party_identifier (
    party      TEXT    NOT NULL REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    scheme     TEXT    NOT NULL CHECK (trim(scheme) <> ''), -- an org-id.guide list code: CN-USCI, JP-JCN, XI-LEI
    identifier TEXT    NOT NULL CHECK (trim(identifier) <> ''),
    PRIMARY KEY (party, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX party_by_identifier ON party_identifier (scheme, identifier);

PRAGMA user_version = 3;
