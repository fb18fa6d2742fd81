-- What a registry of the newest schema has. A test writes this file: see layout.rs.

@ index amount_by_party amount
CREATE INDEX amount_by_party ON amount (party, project) WHERE party IS NOT NULL

@ index amount_by_source amount
CREATE INDEX amount_by_source ON amount (source) WHERE source IS NOT NULL

@ index batch_in_time batch
CREATE INDEX batch_in_time ON batch (recorded_at, number)

@ index batch_taken_back batch
CREATE INDEX batch_taken_back ON batch (undoes, number) WHERE undoes IS NOT NULL

@ index citation_by_source citation
CREATE UNIQUE INDEX citation_by_source ON citation (source, project)

@ index entry_of_record entry
CREATE INDEX entry_of_record ON entry (kind, code, number)

@ index event_by_source event
CREATE INDEX event_by_source ON event (source) WHERE source IS NOT NULL

@ index exchange_rate_by_source exchange_rate
CREATE INDEX exchange_rate_by_source ON exchange_rate (source)

@ index indicator_observation_by_indicator indicator_observation
CREATE INDEX indicator_observation_by_indicator ON indicator_observation (indicator, place, period)

@ index judgement_by_second_party judgement
CREATE INDEX judgement_by_second_party ON judgement (second_party)

@ index mechanism_event_in_order mechanism_event
CREATE INDEX mechanism_event_in_order ON mechanism_event (on_date, code)

@ index participation_by_party participation
CREATE INDEX participation_by_party ON participation (party, length(project), project, prospective)

@ index party_by_identifier party_identifier
CREATE UNIQUE INDEX party_by_identifier ON party_identifier (scheme, identifier)

@ index party_in_country party
CREATE INDEX party_in_country ON party (country)

@ index project_by_forum project
CREATE INDEX project_by_forum ON project (forum, length(code), code)

@ index project_by_host project_host
CREATE UNIQUE INDEX project_by_host ON project_host (country, length(project), project)

@ index project_by_identified project
CREATE INDEX project_by_identified ON project (identified, length(code), code)

@ index project_by_identifier project_identifier
CREATE UNIQUE INDEX project_by_identifier ON project_identifier (scheme, identifier)

@ index project_by_mode project
CREATE INDEX project_by_mode ON project (mode, length(code), code)

@ index project_by_objective project_objective
CREATE UNIQUE INDEX project_by_objective ON project_objective (objective, project)

@ index project_by_sector project
CREATE INDEX project_by_sector ON project (sector, length(code), code)

@ index project_by_status project
CREATE INDEX project_by_status ON project (status, length(code), code)

@ index project_by_year project
CREATE INDEX project_by_year ON project (substr(entered_on, 1, 4), length(code), code)

@ index project_in_order project
CREATE INDEX project_in_order ON project (length(code), code)

@ index risk_by_source risk
CREATE INDEX risk_by_source ON risk (source) WHERE source IS NOT NULL

@ index sqlite_autoindex___diesel_schema_migrations_1 __diesel_schema_migrations

@ index sqlite_autoindex_account_1 account

@ index sqlite_autoindex_content_1 content

@ index sqlite_autoindex_country_1 country

@ index sqlite_autoindex_country_2 country

@ index sqlite_autoindex_country_3 country

@ index sqlite_autoindex_country_4 country

@ index sqlite_autoindex_currency_1 currency

@ index sqlite_autoindex_currency_2 currency

@ index sqlite_autoindex_exchange_rate_1 exchange_rate

@ index sqlite_autoindex_exchange_rate_2 exchange_rate

@ index sqlite_autoindex_forum_1 forum

@ index sqlite_autoindex_forum_2 forum

@ index sqlite_autoindex_guideline_case_1 guideline_case

@ index sqlite_autoindex_guideline_case_2 guideline_case

@ index sqlite_autoindex_indicator_observation_1 indicator_observation

@ index sqlite_autoindex_indicator_observation_2 indicator_observation

@ index sqlite_autoindex_indicator_observation_3 indicator_observation

@ index sqlite_autoindex_judgement_1 judgement

@ index sqlite_autoindex_judgement_2 judgement

@ index sqlite_autoindex_mapping_1 mapping

@ index sqlite_autoindex_mapping_2 mapping

@ index sqlite_autoindex_mechanism_event_1 mechanism_event

@ index sqlite_autoindex_mechanism_event_2 mechanism_event

@ index sqlite_autoindex_party_1 party

@ index sqlite_autoindex_party_2 party

@ index sqlite_autoindex_project_1 project

@ index sqlite_autoindex_project_2 project

@ index sqlite_autoindex_project_3 project

@ index sqlite_autoindex_refusal_1 refusal

@ index sqlite_autoindex_refusal_2 refusal

@ index sqlite_autoindex_session_1 session

@ index sqlite_autoindex_source_1 source

@ index sqlite_autoindex_source_2 source

@ index sqlite_autoindex_source_3 source

@ index sqlite_autoindex_waiver_1 waiver

@ index sqlite_autoindex_waiver_2 waiver

@ table __diesel_schema_migrations __diesel_schema_migrations
CREATE TABLE __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
)

@ table account account
CREATE TABLE account (
    name     TEXT PRIMARY KEY NOT NULL CHECK (trim(name) <> ''),
    role     TEXT NOT NULL CHECK (role IN ('reader', 'recorder', 'approver')),
    password TEXT CHECK (trim(password) <> '') -- Argon2 in the PHC string format; none in a backup, until one is set
) STRICT

@ table amount amount
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
    note        TEXT, party TEXT REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID

@ table batch batch
CREATE TABLE batch (
    number      INTEGER PRIMARY KEY NOT NULL CHECK (number >= 1),
    recorded_at TEXT    NOT NULL CHECK (recorded_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
    actor       TEXT    NOT NULL CHECK (trim(actor) <> ''),
    command     TEXT    NOT NULL CHECK (trim(command) <> ''),
    reason      TEXT,
    undoes      INTEGER REFERENCES batch (number) CHECK (undoes < number),
    first_entry INTEGER NOT NULL CHECK (first_entry >= 0),
    entries     INTEGER NOT NULL CHECK (entries >= 2) -- records saved or removed, and the entry that closes the batch
) STRICT

@ table citation citation
CREATE TABLE citation (
    project TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number  INTEGER NOT NULL CHECK (number >= 1),
    source  TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID

@ table content content
CREATE TABLE content (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    bytes  BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT

@ table country country
CREATE TABLE country (
    code        TEXT PRIMARY KEY NOT NULL CHECK (code GLOB '[A-Z][A-Z]'),
    id          TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    alpha3      TEXT NOT NULL UNIQUE CHECK (alpha3 GLOB '[A-Z][A-Z][A-Z]'),
    numeric     TEXT NOT NULL UNIQUE CHECK (numeric GLOB '[0-9][0-9][0-9]'),
    name_en     TEXT NOT NULL CHECK (trim(name_en) <> ''),
    name_zh     TEXT NOT NULL CHECK (trim(name_zh) <> ''),
    name_ja     TEXT NOT NULL CHECK (trim(name_ja) <> ''),
    asean_since TEXT CHECK (date(asean_since) IS asean_since)
, side TEXT CHECK (side IN ('chinese', 'japanese', 'other'))) STRICT

@ table currency currency
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
) STRICT

@ table draft draft
CREATE TABLE draft (
    number     INTEGER PRIMARY KEY NOT NULL CHECK (number > 0),
    made_at    TEXT NOT NULL,
    author     TEXT NOT NULL CHECK (trim(author) <> ''),
    command    TEXT NOT NULL CHECK (trim(command) <> ''), -- like `project set`
    arguments  TEXT NOT NULL CHECK (json_valid(arguments)), -- an array of texts
    language   TEXT NOT NULL CHECK (language IN ('en', 'zh', 'ja')), -- of its author, and of what was seen
    seen       TEXT NOT NULL, -- what the author saw that it would record
    file_name  TEXT CHECK (trim(file_name) <> ''),
    file       BLOB CHECK ((file IS NULL) = (file_name IS NULL)), -- a plan, or a document
    decided_at TEXT,
    decided_by TEXT CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    reason     TEXT CHECK (trim(reason) <> ''), -- of the refusal
    batch      INTEGER, -- which recorded it; none when it was refused
    CHECK (decided_at IS NULL OR (batch IS NULL) <> (reason IS NULL)),
    CHECK (decided_at IS NOT NULL OR (batch IS NULL AND reason IS NULL))
) STRICT

@ table entry entry
CREATE TABLE "entry" (
    number    INTEGER PRIMARY KEY NOT NULL CHECK (number >= 0),
    batch     INTEGER NOT NULL CHECK (batch >= 1),
    kind      TEXT    NOT NULL CHECK (kind IN ('batch', 'country', 'currency', 'forum', 'source', 'party', 'project',
                                               'mechanism_event', 'guideline_case', 'indicator_observation',
                                               'judgement', 'waiver', 'exchange_rate', 'mapping', 'refusal')),
    record_id TEXT    CHECK (length(record_id) = 36),
    code      TEXT    NOT NULL,
    bytes     TEXT    NOT NULL CHECK (json_valid(bytes)),
    CHECK ((kind = 'batch') = (record_id IS NULL))
) STRICT

@ table event event
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
) STRICT, WITHOUT ROWID

@ table exchange_rate exchange_rate
CREATE TABLE exchange_rate (
    code          TEXT PRIMARY KEY NOT NULL CHECK (code = from_currency || '/' || to_currency || '/' || on_date),
    id            TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    from_currency TEXT NOT NULL REFERENCES currency (code) DEFERRABLE INITIALLY DEFERRED,
    to_currency   TEXT NOT NULL REFERENCES currency (code) DEFERRABLE INITIALLY DEFERRED CHECK (to_currency <> from_currency),
    on_date       TEXT NOT NULL CHECK (date(on_date) IS on_date),
    rate          TEXT NOT NULL CHECK (rate GLOB '[0-9]*' AND rate NOT GLOB '*[^0-9.]*' AND rate + 0 > 0),
    source        TEXT NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    note          TEXT CHECK (trim(note) <> '')
) STRICT

@ table forum forum
CREATE TABLE forum (
    code       TEXT PRIMARY KEY NOT NULL CHECK (code GLOB 'F[1-9]*'),
    id         TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    name_en    TEXT NOT NULL CHECK (trim(name_en) <> ''),
    name_zh    TEXT NOT NULL CHECK (trim(name_zh) <> ''),
    name_ja    TEXT NOT NULL CHECK (trim(name_ja) <> ''),
    held_on    TEXT NOT NULL CHECK (date(held_on) IS held_on),
    agreements INTEGER CHECK (agreements >= 0), -- how many were announced, whether or not they are identified
    source     TEXT REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED
) STRICT

@ table guideline_case guideline_case
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
, title_zh TEXT CHECK (trim(title_zh) <> ''), title_ja TEXT CHECK (trim(title_ja) <> ''), title_zh_basis TEXT CHECK (title_zh_basis IN ('stated', 'translated', 'general_knowledge')), title_ja_basis TEXT CHECK (title_ja_basis IN ('stated', 'translated', 'general_knowledge'))) STRICT

@ table guideline_case_country guideline_case_country
CREATE TABLE guideline_case_country (
    guideline_case TEXT    NOT NULL REFERENCES guideline_case (code) DEFERRABLE INITIALLY DEFERRED,
    relation       TEXT    NOT NULL CHECK (relation IN ('host', 'partner')),
    number         INTEGER NOT NULL CHECK (number >= 1),
    country        TEXT    NOT NULL REFERENCES country (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (guideline_case, relation, number)
) STRICT, WITHOUT ROWID

@ table guideline_case_source guideline_case_source
CREATE TABLE guideline_case_source (
    guideline_case TEXT    NOT NULL REFERENCES guideline_case (code) DEFERRABLE INITIALLY DEFERRED,
    number         INTEGER NOT NULL CHECK (number >= 1),
    source         TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (guideline_case, number)
) STRICT, WITHOUT ROWID

@ table indicator_observation indicator_observation
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
) STRICT

@ table judgement judgement
CREATE TABLE judgement (
    code        TEXT PRIMARY KEY NOT NULL CHECK (code = first_party || '/' || second_party),
    id          TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    first_party  TEXT NOT NULL CHECK (trim(first_party) <> ''),
    second_party TEXT NOT NULL CHECK (first_party < second_party),
    verdict     TEXT NOT NULL CHECK (verdict IN ('same', 'not_same')),
    reason      TEXT CHECK (trim(reason) <> '')
) STRICT

@ table mapping mapping
CREATE TABLE mapping (
    code TEXT PRIMARY KEY NOT NULL CHECK (trim(code) <> ''),
    id   TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    text TEXT NOT NULL CHECK (trim(text) <> '') -- TOML, as it was written
) STRICT

@ table mechanism_event mechanism_event
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
) STRICT

@ table mechanism_event_source mechanism_event_source
CREATE TABLE mechanism_event_source (
    mechanism_event TEXT    NOT NULL REFERENCES mechanism_event (code) DEFERRABLE INITIALLY DEFERRED,
    number          INTEGER NOT NULL CHECK (number >= 1),
    source          TEXT    NOT NULL REFERENCES source (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (mechanism_event, number)
) STRICT, WITHOUT ROWID

@ table mechanism_event_text mechanism_event_text
CREATE TABLE mechanism_event_text (
    mechanism_event TEXT    NOT NULL REFERENCES mechanism_event (code) DEFERRABLE INITIALLY DEFERRED,
    number          INTEGER NOT NULL CHECK (number >= 1),
    language        TEXT    NOT NULL CHECK (length(language) IN (2, 3)),
    title           TEXT    NOT NULL CHECK (trim(title) <> ''),
    place           TEXT,
    participants    TEXT,
    outcome         TEXT,
    basis           TEXT    CHECK (basis IN ('stated', 'translated', 'general_knowledge')),
    PRIMARY KEY (mechanism_event, number)
) STRICT, WITHOUT ROWID

@ table participation participation
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
) STRICT, WITHOUT ROWID

@ table party party
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
    note        TEXT, general_knowledge TEXT CHECK (trim(general_knowledge) <> ''),
    CHECK (coalesce(name_en, name_zh, name_ja, name_native) IS NOT NULL)
) STRICT

@ table party_identifier party_identifier
CREATE TABLE party_identifier (
    party      TEXT    NOT NULL REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    scheme     TEXT    NOT NULL CHECK (trim(scheme) <> ''), -- an org-id.guide list code: CN-USCI, JP-JCN, XI-LEI
    identifier TEXT    NOT NULL CHECK (trim(identifier) <> ''),
    PRIMARY KEY (party, number)
) STRICT, WITHOUT ROWID

@ table party_name party_name
CREATE TABLE party_name (
    party    TEXT    NOT NULL REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED,
    number   INTEGER NOT NULL CHECK (number >= 1),
    name     TEXT    NOT NULL CHECK (trim(name) <> ''),
    language TEXT    NOT NULL CHECK (length(language) IN (2, 3)),
    kind     TEXT    NOT NULL CHECK (kind IN ('short', 'former', 'alias', 'variant')), basis TEXT CHECK (basis IN ('stated', 'translated', 'general_knowledge')),
    PRIMARY KEY (party, number)
) STRICT, WITHOUT ROWID

@ table project project
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
    entered_on     TEXT, title_zh_basis TEXT CHECK (title_zh_basis IN ('stated', 'translated', 'general_knowledge')), title_ja_basis TEXT CHECK (title_ja_basis IN ('stated', 'translated', 'general_knowledge')), desk TEXT CHECK (desk IN ('chinese', 'japanese')), -- date of the first status event
    CHECK ((status IS NULL) = (status_on IS NULL)),
    CHECK (coalesce(title_en, title_zh, title_ja, title_original) IS NOT NULL),
    UNIQUE (forum, list_number)
) STRICT

@ table project_host project_host
CREATE TABLE project_host (
    project TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number  INTEGER NOT NULL CHECK (number >= 1),
    country TEXT    NOT NULL REFERENCES country (code) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID

@ table project_identifier project_identifier
CREATE TABLE project_identifier (
    project    TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    scheme     TEXT    NOT NULL CHECK (trim(scheme) <> ''),
    identifier TEXT    NOT NULL CHECK (trim(identifier) <> ''),
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID

@ table project_objective project_objective
CREATE TABLE project_objective (
    project   TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number    INTEGER NOT NULL CHECK (number >= 1),
    objective TEXT    NOT NULL CHECK (objective IN ('industrial_upgrading', 'economic_revitalisation', 'connectivity')),
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID

@ table project_origin project_origin
CREATE TABLE project_origin (
    project    TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    scheme     TEXT    NOT NULL CHECK (trim(scheme) <> ''),
    identifier TEXT    NOT NULL CHECK (trim(identifier) <> ''),
    states     TEXT    NOT NULL,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID

@ table refusal refusal
CREATE TABLE refusal (
    code    TEXT PRIMARY KEY NOT NULL CHECK (code = coalesce(project, 'new') || '/' || substr(digest, 1, 16)),
    id      TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    project TEXT CHECK (trim(project) <> ''), -- which it would have changed; none for a new one
    digest  TEXT NOT NULL CHECK (length(digest) = 64), -- SHA-256 of what the source said
    file    TEXT NOT NULL CHECK (trim(file) <> ''),
    title   TEXT CHECK (trim(title) <> ''),
    reason  TEXT CHECK (trim(reason) <> '')
) STRICT

@ table risk risk
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
) STRICT, WITHOUT ROWID

@ table search_index search_index
CREATE VIRTUAL TABLE search_index USING fts5 (
    kind UNINDEXED, code UNINDEXED, heading, body,
    content = '', contentless_delete = 1, contentless_unindexed = 1, tokenize = 'ascii'
)

@ table search_index_config search_index_config
CREATE TABLE 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID

@ table search_index_content search_index_content
CREATE TABLE 'search_index_content'(id INTEGER PRIMARY KEY, c0, c1)

@ table search_index_data search_index_data
CREATE TABLE 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB)

@ table search_index_docsize search_index_docsize
CREATE TABLE 'search_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER)

@ table search_index_idx search_index_idx
CREATE TABLE 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID

@ table session session
CREATE TABLE session (
    digest  TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64), -- SHA-256 of what the browser has
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ends_at TEXT NOT NULL
) STRICT

@ table source source
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
, kind TEXT CHECK (kind IN ('government', 'party', 'press', 'dataset', 'academic', 'mirror', 'other')), link TEXT CHECK (link IN ('ok', 'withheld')), file_sha256 TEXT CHECK (length(file_sha256) = 64), file_type TEXT CHECK (trim(file_type) <> ''), file_size INTEGER CHECK ((file_size IS NULL) = (file_sha256 IS NULL)
    AND (file_size IS NULL) = (file_type IS NULL) AND coalesce(file_size, 1) > 0)) STRICT

@ table tally tally
CREATE TABLE tally (
    forum          TEXT    NOT NULL, -- '' of the projects that belong to none
    mode           TEXT    NOT NULL, -- '' where none is stated
    identified     INTEGER NOT NULL CHECK (identified IN (0, 1)),
    hosts          TEXT    NOT NULL, -- codes in their order, separated by blanks
    status         TEXT    NOT NULL, -- '' where none is stated
    projects       INTEGER NOT NULL CHECK (projects > 0),
    without_sector INTEGER NOT NULL CHECK (without_sector BETWEEN 0 AND projects),
    PRIMARY KEY (forum, mode, identified, hosts, status)
) STRICT, WITHOUT ROWID

@ table tile tile
CREATE TABLE tile (
    level  INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
    number INTEGER NOT NULL CHECK (number >= 0),
    hashes BLOB    NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID

@ table waiver waiver
CREATE TABLE waiver (
    code       TEXT PRIMARY KEY NOT NULL CHECK (code = rule || '/' || record),
    id         TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    rule       TEXT NOT NULL CHECK (trim(rule) <> ''),
    record     TEXT NOT NULL CHECK (trim(record) <> ''),
    owner      TEXT NOT NULL CHECK (trim(owner) <> ''), -- who answers for it
    reason     TEXT NOT NULL CHECK (trim(reason) <> ''),
    until_date TEXT NOT NULL CHECK (date(until_date) IS until_date) -- its last day
) STRICT

@ trigger batch_is_final batch
CREATE TRIGGER batch_is_final BEFORE UPDATE ON batch BEGIN SELECT raise(ABORT, 'the journal is never changed'); END

@ trigger batch_is_kept batch
CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch BEGIN SELECT raise(ABORT, 'the journal is never changed'); END

@ trigger content_is_final content
CREATE TRIGGER content_is_final BEFORE UPDATE ON content BEGIN SELECT raise(ABORT, 'a kept document is never changed'); END

@ trigger content_is_kept content
CREATE TRIGGER content_is_kept BEFORE DELETE ON content BEGIN SELECT raise(ABORT, 'a kept document is never changed'); END

@ trigger entry_is_final entry
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END

@ trigger entry_is_kept entry
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'the journal is never changed'); END

@ view v_amount v_amount
CREATE VIEW v_amount AS
SELECT project, number, amount.kind AS kind, basis, currency, minor_units, decimal_places,
       CASE decimal_places WHEN 0 THEN minor_units / 1.0 WHEN 1 THEN minor_units / 10.0 WHEN 2 THEN minor_units / 100.0
                           WHEN 3 THEN minor_units / 1000.0 WHEN 4 THEN minor_units / 10000.0 END AS amount,
       estimated, on_date, source, note, party
FROM amount JOIN currency ON currency.code = amount.currency

@ view v_citation v_citation
CREATE VIEW v_citation AS
SELECT project, 'project' AS cited_by, number, source FROM citation
UNION ALL SELECT project, 'event', number, source FROM event WHERE source IS NOT NULL
UNION ALL SELECT project, 'amount', number, source FROM amount WHERE source IS NOT NULL
UNION ALL SELECT project, 'risk', number, source FROM risk WHERE source IS NOT NULL

@ view v_event v_event
CREATE VIEW v_event AS
SELECT project, number, on_date, last_day, due_on, kind, status, text, source, confidence, evidence
FROM event

@ view v_exchange_rate v_exchange_rate
CREATE VIEW v_exchange_rate AS
SELECT code, id, from_currency, to_currency, on_date, rate, source, note
FROM exchange_rate

@ view v_host v_host
CREATE VIEW v_host AS
SELECT project, number, country, name_en AS country_en, name_zh AS country_zh, name_ja AS country_ja, alpha3, asean_since
FROM project_host JOIN country ON country.code = project_host.country

@ view v_participation v_participation
CREATE VIEW v_participation AS
SELECT project, number, party, coalesce(name_en, name_native, name_ja, name_zh) AS name,
       name_en, name_zh, name_ja, name_native, country,
       CASE WHEN side IS NOT NULL THEN side
            WHEN country IN ('CN', 'HK', 'MO') THEN 'chinese'
            WHEN country = 'JP' THEN 'japanese'
            WHEN country IS NULL THEN NULL
            WHEN EXISTS (SELECT 1 FROM project_host AS host
                         WHERE host.project = participation.project AND host.country = party.country) THEN 'host'
            ELSE 'other' END AS side,
       kind, role, share_percent, prospective, participation.note AS note
FROM participation JOIN party ON party.code = participation.party

@ view v_party v_party
CREATE VIEW v_party AS
SELECT code, id, coalesce(name_en, name_native, name_ja, name_zh) AS name, name_en, name_zh, name_ja, name_native,
       country, side, kind, note,
       (SELECT count(DISTINCT project) FROM participation WHERE party = code AND prospective = 0) AS projects,
       general_knowledge
FROM party

@ view v_project v_project
CREATE VIEW v_project AS
SELECT code, id, list_number, forum, identified, umbrella, instrument,
       coalesce(title_en, title_original, title_ja, title_zh) AS title,
       title_en, title_zh, title_ja, title_original, mode, mode_basis, sector, host_note, membership, confidence, note,
       status, status_on, evidence_on, entered_on,
       coalesce(status IN ('implementing', 'completed'), 0) AS implemented,
       (SELECT group_concat(country, ';') FROM (SELECT country FROM project_host WHERE project = code ORDER BY number)) AS hosts,
       title_zh_basis, title_ja_basis, desk
FROM project

@ view v_risk v_risk
CREATE VIEW v_risk AS
SELECT project, number, category, level, state, on_date, text, source
FROM risk

@ view v_source v_source
CREATE VIEW v_source AS
SELECT code, id, url, title, publisher, publisher_kind, language, read_on, confidence, note, kind, link,
       file_sha256, file_type, file_size
FROM source
