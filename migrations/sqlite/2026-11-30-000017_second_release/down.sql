DROP VIEW v_source;
DROP VIEW v_party;
DROP VIEW v_project;
DROP TABLE mechanism_event_text;
ALTER TABLE guideline_case DROP COLUMN title_ja_basis;
ALTER TABLE guideline_case DROP COLUMN title_zh_basis;
ALTER TABLE guideline_case DROP COLUMN title_ja;
ALTER TABLE guideline_case DROP COLUMN title_zh;
ALTER TABLE project DROP COLUMN title_ja_basis;
ALTER TABLE project DROP COLUMN title_zh_basis;
ALTER TABLE party_name DROP COLUMN basis;
ALTER TABLE party DROP COLUMN general_knowledge;
ALTER TABLE source DROP COLUMN link;
ALTER TABLE source DROP COLUMN kind;

CREATE VIEW v_project AS
SELECT code, id, list_number, forum, identified, umbrella, instrument,
       coalesce(title_en, title_original, title_ja, title_zh) AS title,
       title_en, title_zh, title_ja, title_original, mode, mode_basis, sector, host_note, membership, confidence, note,
       status, status_on, evidence_on, entered_on,
       coalesce(status IN ('implementing', 'completed'), 0) AS implemented,
       (SELECT group_concat(country, ';') FROM (SELECT country FROM project_host WHERE project = code ORDER BY number)) AS hosts
FROM project;

CREATE VIEW v_party AS
SELECT code, id, coalesce(name_en, name_native, name_ja, name_zh) AS name, name_en, name_zh, name_ja, name_native,
       country, side, kind, note,
       (SELECT count(DISTINCT project) FROM participation WHERE party = code AND prospective = 0) AS projects
FROM party;

CREATE VIEW v_source AS
SELECT code, id, url, title, publisher, publisher_kind, language, read_on, confidence, note
FROM source;

PRAGMA user_version = 16;
