-- The office that is responsible for a project, and the home countries that stand for a side in this registry.
ALTER TABLE project ADD COLUMN desk TEXT CHECK (desk IN ('chinese', 'japanese'));
ALTER TABLE country ADD COLUMN side TEXT CHECK (side IN ('chinese', 'japanese', 'other')); -- NULL: the usual rule

DROP VIEW v_project;
CREATE VIEW v_project AS
SELECT code, id, list_number, forum, identified, umbrella, instrument,
       coalesce(title_en, title_original, title_ja, title_zh) AS title,
       title_en, title_zh, title_ja, title_original, mode, mode_basis, sector, host_note, membership, confidence, note,
       status, status_on, evidence_on, entered_on,
       coalesce(status IN ('implementing', 'completed'), 0) AS implemented,
       (SELECT group_concat(country, ';') FROM (SELECT country FROM project_host WHERE project = code ORDER BY number)) AS hosts,
       title_zh_basis, title_ja_basis, desk
FROM project;

PRAGMA user_version = 21;
