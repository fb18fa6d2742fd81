-- The registry on a server: the journal, which is its truth, and the documents kept with sources. Every program that works on it
-- keeps a copy of all tables in a file of its own, made from the journal (see src/store/copied.rs).

-- One row. Whoever writes holds a lock on it, so that batches follow one another.
CREATE TABLE registry (
    one         boolean PRIMARY KEY NOT NULL DEFAULT true CHECK (one),
    application bigint  NOT NULL,
    version     bigint  NOT NULL CHECK (version >= 1), -- the number of migrations applied
    id          text    CHECK (length(id) = 36),       -- by which the first batch founded the registry
    turn        bigint  NOT NULL DEFAULT 0             -- never changed: the right to change it is the right to write
);
INSERT INTO registry (application, version) VALUES (1414548803, 1); -- "TPMC"

-- As in the file; `root` is the root hash over all entries up to the end of the batch (RFC 6962, section 2.1).
CREATE TABLE batch (
    number      bigint PRIMARY KEY NOT NULL CHECK (number >= 1),
    recorded_at text   NOT NULL CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'),
    actor       text   NOT NULL CHECK (trim(actor) <> ''),
    command     text   NOT NULL CHECK (trim(command) <> ''),
    reason      text,
    undoes      bigint REFERENCES batch (number) CHECK (undoes < number),
    first_entry bigint NOT NULL CHECK (first_entry >= 0),
    entries     bigint NOT NULL CHECK (entries >= 2),
    root        bytea  NOT NULL CHECK (length(root) = 32)
);
CREATE INDEX batch_in_time ON batch (recorded_at, number);
CREATE INDEX batch_taken_back ON batch (undoes, number) WHERE undoes IS NOT NULL;

CREATE TABLE entry (
    number    bigint PRIMARY KEY NOT NULL CHECK (number >= 0),
    batch     bigint NOT NULL CHECK (batch >= 1),
    kind      text   NOT NULL CHECK (kind IN ('batch', 'country', 'currency', 'forum', 'source', 'party', 'project',
                                              'mechanism_event', 'guideline_case', 'indicator_observation',
                                              'judgement', 'waiver', 'exchange_rate', 'mapping', 'refusal')),
    record_id text   CHECK (length(record_id) = 36),
    code      text   NOT NULL,
    bytes     text   NOT NULL CHECK (bytes::json IS NOT NULL),
    CHECK ((kind = 'batch') = (record_id IS NULL))
);
CREATE INDEX entry_of_record ON entry (kind, code, number);

CREATE TABLE content (
    sha256 text  PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    bytes  bytea NOT NULL CHECK (length(bytes) > 0)
);

CREATE FUNCTION journal_is_final() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is never changed'; END $$;
CREATE TRIGGER batch_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON batch FOR EACH STATEMENT EXECUTE FUNCTION journal_is_final();
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION journal_is_final();

CREATE FUNCTION content_is_final() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a kept document is never changed'; END $$;
CREATE TRIGGER content_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON content FOR EACH STATEMENT EXECUTE FUNCTION content_is_final();

-- A batch follows on the one before it, and its entries are there.
CREATE FUNCTION batch_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before batch;
BEGIN
    SELECT * INTO before FROM batch ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(before.number, 0) + 1
        OR NEW.first_entry <> coalesce(before.first_entry + before.entries, 0)
        OR NEW.entries <> (SELECT count(*) FROM entry
            WHERE number >= NEW.first_entry AND number < NEW.first_entry + NEW.entries AND batch = NEW.number)
    THEN
        RAISE EXCEPTION 'batch % does not follow on the journal', NEW.number;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_follows BEFORE INSERT ON batch FOR EACH ROW EXECUTE FUNCTION batch_follows();

-- The roles that `tpmc server setup` makes, where it has made them.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tpmc_reader') THEN
        GRANT SELECT ON registry, batch, entry, content TO tpmc_reader;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tpmc_writer') THEN
        GRANT SELECT ON registry, batch, entry, content TO tpmc_writer;
        GRANT INSERT ON batch, entry, content TO tpmc_writer;
        GRANT UPDATE (turn) ON registry TO tpmc_writer;
    END IF;
END $$;
