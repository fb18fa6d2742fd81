-- What people decided about records: whether two parties are one organisation, and which findings of a check they accept.
-- Neither refers to the records by a link: a decision outlives the record that it is about.

CREATE TABLE judgement (
    code        TEXT PRIMARY KEY NOT NULL CHECK (code = first_party || '/' || second_party),
    id          TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    first_party  TEXT NOT NULL CHECK (trim(first_party) <> ''),
    second_party TEXT NOT NULL CHECK (first_party < second_party),
    verdict     TEXT NOT NULL CHECK (verdict IN ('same', 'not_same')),
    reason      TEXT CHECK (trim(reason) <> '')
) STRICT;
CREATE INDEX judgement_by_second_party ON judgement (second_party);

CREATE TABLE waiver (
    code       TEXT PRIMARY KEY NOT NULL CHECK (code = rule || '/' || record),
    id         TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    rule       TEXT NOT NULL CHECK (trim(rule) <> ''),
    record     TEXT NOT NULL CHECK (trim(record) <> ''),
    owner      TEXT NOT NULL CHECK (trim(owner) <> ''), -- who answers for it
    reason     TEXT NOT NULL CHECK (trim(reason) <> ''),
    until_date TEXT NOT NULL CHECK (date(until_date) IS until_date) -- its last day
) STRICT;

PRAGMA user_version = 7;
