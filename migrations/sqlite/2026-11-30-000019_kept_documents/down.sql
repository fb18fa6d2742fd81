DROP VIEW v_source;
DROP TABLE content;
ALTER TABLE source DROP COLUMN file_size;
ALTER TABLE source DROP COLUMN file_type;
ALTER TABLE source DROP COLUMN file_sha256;
CREATE VIEW v_source AS
SELECT code, id, url, title, publisher, publisher_kind, language, read_on, confidence, note, kind, link
FROM source;

PRAGMA user_version = 18;
