-- Documents kept with their sources: a letter in PDF, the copy of a page that may vanish. The journal has the hash, the type and the
-- size of each; the bytes stand in a table of their own, once each, and are never changed.
ALTER TABLE source ADD COLUMN file_sha256 TEXT CHECK (length(file_sha256) = 64);
ALTER TABLE source ADD COLUMN file_type TEXT CHECK (trim(file_type) <> '');
ALTER TABLE source ADD COLUMN file_size INTEGER CHECK ((file_size IS NULL) = (file_sha256 IS NULL)
    AND (file_size IS NULL) = (file_type IS NULL) AND coalesce(file_size, 1) > 0);

CREATE TABLE content (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    bytes  BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;
CREATE TRIGGER content_is_final BEFORE UPDATE ON content BEGIN SELECT raise(ABORT, 'a kept document is never changed'); END;
CREATE TRIGGER content_is_kept BEFORE DELETE ON content BEGIN SELECT raise(ABORT, 'a kept document is never changed'); END;

DROP VIEW v_source;
CREATE VIEW v_source AS
SELECT code, id, url, title, publisher, publisher_kind, language, read_on, confidence, note, kind, link,
       file_sha256, file_type, file_size
FROM source;

PRAGMA user_version = 19;
