-- What a text rests on (a statement, a translation, general knowledge), what a source is and whether its address may be followed,
-- and the texts of the cooperation's steps in other languages. NULL is what the first release had: stated, and to be followed.
ALTER TABLE source ADD COLUMN kind TEXT CHECK (kind IN ('government', 'party', 'press', 'dataset', 'academic', 'mirror', 'other'));
ALTER TABLE source ADD COLUMN link TEXT CHECK (link IN ('ok', 'withheld')); -- withheld: kept as evidence, never a link
ALTER TABLE party ADD COLUMN general_knowledge TEXT CHECK (trim(general_knowledge) <> ''); -- columns, separated by `;`
ALTER TABLE party_name ADD COLUMN basis TEXT CHECK (basis IN ('stated', 'translated', 'general_knowledge'));
ALTER TABLE project ADD COLUMN title_zh_basis TEXT CHECK (title_zh_basis IN ('stated', 'translated', 'general_knowledge'));
ALTER TABLE project ADD COLUMN title_ja_basis TEXT CHECK (title_ja_basis IN ('stated', 'translated', 'general_knowledge'));
ALTER TABLE guideline_case ADD COLUMN title_zh TEXT CHECK (trim(title_zh) <> '');
ALTER TABLE guideline_case ADD COLUMN title_ja TEXT CHECK (trim(title_ja) <> '');
ALTER TABLE guideline_case ADD COLUMN title_zh_basis TEXT CHECK (title_zh_basis IN ('stated', 'translated', 'general_knowledge'));
ALTER TABLE guideline_case ADD COLUMN title_ja_basis TEXT CHECK (title_ja_basis IN ('stated', 'translated', 'general_knowledge'));

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
) STRICT, WITHOUT ROWID;

DROP VIEW v_project;
CREATE VIEW v_project AS
SELECT code, id, list_number, forum, identified, umbrella, instrument,
       coalesce(title_en, title_original, title_ja, title_zh) AS title,
       title_en, title_zh, title_ja, title_original, mode, mode_basis, sector, host_note, membership, confidence, note,
       status, status_on, evidence_on, entered_on,
       coalesce(status IN ('implementing', 'completed'), 0) AS implemented,
       (SELECT group_concat(country, ';') FROM (SELECT country FROM project_host WHERE project = code ORDER BY number)) AS hosts,
       title_zh_basis, title_ja_basis
FROM project;

DROP VIEW v_party;
CREATE VIEW v_party AS
SELECT code, id, coalesce(name_en, name_native, name_ja, name_zh) AS name, name_en, name_zh, name_ja, name_native,
       country, side, kind, note,
       (SELECT count(DISTINCT project) FROM participation WHERE party = code AND prospective = 0) AS projects,
       general_knowledge
FROM party;

DROP VIEW v_source;
CREATE VIEW v_source AS
SELECT code, id, url, title, publisher, publisher_kind, language, read_on, confidence, note, kind, link
FROM source;

PRAGMA user_version = 17;
