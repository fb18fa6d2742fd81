-- Projects, forum agreements and later ones alike, with everything that belongs to one project.

CREATE TABLE forum (
    code       TEXT PRIMARY KEY NOT NULL CHECK (code GLOB 'F[1-9]*'),
    id         TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    name_en    TEXT NOT NULL CHECK (trim(name_en) <> ''),
    name_zh    TEXT NOT NULL CHECK (trim(name_zh) <> ''),
    name_ja    TEXT NOT NULL CHECK (trim(name_ja) <> ''),
    held_on    TEXT NOT NULL CHECK (date(held_on) IS held_on),
    agreements INTEGER CHECK (agreements >= 0), -- how many were announced, whether or not they are identified
    source     TEXT REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- `status`, `status_on`, `evidence_on` and `entered_on` follow from the events; they are kept here so that a list is one read.
CREATE TABLE project (
    code           TEXT    PRIMARY KEY NOT NULL CHECK (code GLOB 'F[1-9]*-[0-9][0-9][0-9]*' OR code GLOB 'P-[0-9][0-9][0-9][0-9]*'),
    id             TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
    list_number    INTEGER CHECK (list_number >= 1),
    forum          TEXT    REFERENCES forum (code) DEFERRABLE INITIALLY DEFERRED,
    identified     INTEGER NOT NULL CHECK (identified IN (0, 1)),
    umbrella       INTEGER CHECK (umbrella IN (0, 1)),
    instrument     TEXT    CHECK (instrument IN ('memorandum', 'letter_of_intent', 'framework_agreement', 'contract', 'project')),
    title_en       TEXT    CHECK (trim(title_en) <> ''),
    title_zh       TEXT    CHECK (trim(title_zh) <> ''),
    title_ja       TEXT    CHECK (trim(title_ja) <> ''),
    title_original TEXT    CHECK (trim(title_original) <> ''),
    mode           TEXT    CHECK (mode IN ('product_service', 'engineering', 'investment', 'industrial_finance', 'strategic')),
    mode_basis     TEXT    CHECK (mode_basis IN ('title', 'guidelines', 'coded')),
    sector         TEXT    CHECK (sector IN ('infrastructure', 'finance', 'logistics', 'it', 'energy', 'healthcare', 'environment',
                                             'manufacturing', 'urban_development', 'trade_promotion', 'automotive', 'other')),
    host_note      TEXT,
    membership     TEXT    CHECK (membership IN ('numbered', 'stated_one_of_52', 'stated_signed_for_forum', 'press_linked')),
    confidence     TEXT    CHECK (confidence IN ('high', 'medium', 'low')),
    note           TEXT,
    status         TEXT    CHECK (status IN ('proposed', 'signed', 'committed', 'implementing', 'completed', 'suspended', 'cancelled')),
    status_on      TEXT,
    evidence_on    TEXT,
    entered_on     TEXT, -- date of the first status event
    CHECK ((status IS NULL) = (status_on IS NULL)),
    CHECK (coalesce(title_en, title_zh, title_ja, title_original) IS NOT NULL),
    UNIQUE (forum, list_number)
) STRICT;
CREATE INDEX project_in_order ON project (length(code), code);
CREATE INDEX project_by_forum ON project (forum, mode, status);
CREATE INDEX project_by_mode ON project (mode);
CREATE INDEX project_by_status ON project (status);
CREATE INDEX project_by_sector ON project (sector);

CREATE TABLE project_host (
    project TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number  INTEGER NOT NULL CHECK (number >= 1),
    country TEXT    NOT NULL REFERENCES country (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX project_by_host ON project_host (country, project);

CREATE TABLE project_objective (
    project   TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number    INTEGER NOT NULL CHECK (number >= 1),
    objective TEXT    NOT NULL CHECK (objective IN ('industrial_upgrading', 'economic_revitalisation', 'connectivity')),
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX project_by_objective ON project_objective (objective, project);

CREATE TABLE project_identifier (
    project    TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    scheme     TEXT    NOT NULL CHECK (trim(scheme) <> ''),
    identifier TEXT    NOT NULL CHECK (trim(identifier) <> ''),
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX project_by_identifier ON project_identifier (scheme, identifier);

CREATE TABLE citation (
    project TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number  INTEGER NOT NULL CHECK (number >= 1),
    source  TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX citation_by_source ON citation (source, project);

CREATE TABLE participation (
    project       TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number        INTEGER NOT NULL CHECK (number >= 1),
    party         TEXT    NOT NULL REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED,
    role          TEXT    NOT NULL CHECK (role IN ('signatory', 'sponsor', 'owner', 'contractor', 'financier', 'insurer', 'guarantor',
                                                   'supplier', 'operator', 'developer', 'adviser', 'promoter', 'customer', 'government')),
    share_percent TEXT    CHECK (share_percent + 0 > 0 AND share_percent + 0 <= 100), -- a decimal number as stated
    prospective   INTEGER NOT NULL CHECK (prospective IN (0, 1)), -- offered, never realised: kept, left out of counts
    note          TEXT,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_by_party ON participation (party, project);

-- A date is a day, a month or a year. `last_day` is the last day that it can mean: "happened by D" is judged on it.
-- What is planned is a milestone with a due date and, until it is met, no date of its own.
CREATE TABLE event (
    project    TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    on_date    TEXT    CHECK (length(on_date) IN (4, 7, 10)
                              AND date(substr(on_date || '-01-01', 1, 10)) IS substr(on_date || '-01-01', 1, 10)),
    due_on     TEXT    CHECK (length(due_on) IN (4, 7, 10)
                              AND date(substr(due_on || '-01-01', 1, 10)) IS substr(due_on || '-01-01', 1, 10)),
    kind       TEXT    NOT NULL CHECK (kind IN ('status', 'milestone', 'note')),
    status     TEXT    CHECK (status IN ('proposed', 'signed', 'committed', 'implementing', 'completed', 'suspended', 'cancelled')),
    text       TEXT,
    source     TEXT    REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    confidence TEXT    CHECK (confidence IN ('high', 'medium', 'low')),
    evidence   TEXT    CHECK (evidence IN ('direct', 'context', 'absence')),
    last_day   TEXT    GENERATED ALWAYS AS (date(substr(on_date || '-01-01', 1, 10),
                           CASE length(on_date) WHEN 4 THEN '+1 year' WHEN 7 THEN '+1 month' ELSE '+1 day' END, '-1 day')) STORED,
    PRIMARY KEY (project, number),
    CHECK ((kind = 'status') = (status IS NOT NULL)),
    CHECK (on_date IS NOT NULL OR (kind = 'milestone' AND due_on IS NOT NULL)),
    CHECK (due_on IS NULL OR kind = 'milestone')
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_source ON event (source);

CREATE TABLE amount (
    project     TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number      INTEGER NOT NULL CHECK (number >= 1),
    kind        TEXT    NOT NULL CHECK (kind IN ('contract', 'total_cost', 'loan', 'equity', 'guarantee', 'grant', 'other')),
    basis       TEXT    NOT NULL CHECK (basis IN ('pledge', 'commitment', 'disbursement')),
    currency    TEXT    NOT NULL REFERENCES currency (code) DEFERRABLE INITIALLY DEFERRED,
    minor_units INTEGER NOT NULL CHECK (minor_units >= 0),
    estimated   INTEGER NOT NULL CHECK (estimated IN (0, 1)),
    on_date     TEXT    CHECK (length(on_date) IN (4, 7, 10)
                               AND date(substr(on_date || '-01-01', 1, 10)) IS substr(on_date || '-01-01', 1, 10)),
    source      TEXT    REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    note        TEXT,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE risk (
    project  TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number   INTEGER NOT NULL CHECK (number >= 1),
    category TEXT    NOT NULL CHECK (category IN ('experience', 'political', 'economic')),
    level    TEXT    NOT NULL CHECK (level IN ('low', 'medium', 'high')),
    state    TEXT    NOT NULL CHECK (state IN ('open', 'mitigated', 'materialised', 'closed')),
    on_date  TEXT    CHECK (length(on_date) IN (4, 7, 10)
                            AND date(substr(on_date || '-01-01', 1, 10)) IS substr(on_date || '-01-01', 1, 10)),
    text     TEXT    NOT NULL CHECK (trim(text) <> ''),
    source   TEXT    REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
