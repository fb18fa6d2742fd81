-- From which lists a project was read, and what each of them stated: `states` has a digest for every field and part, so that the
-- next edition of the list can correct what this one said and nothing else. An amount can name the party whose money it is.
CREATE TABLE project_origin (
    project    TEXT    NOT NULL REFERENCES project (code) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    scheme     TEXT    NOT NULL CHECK (trim(scheme) <> ''),
    identifier TEXT    NOT NULL CHECK (trim(identifier) <> ''),
    states     TEXT    NOT NULL,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;

ALTER TABLE amount ADD COLUMN party TEXT REFERENCES party (code) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX amount_by_party ON amount (party, project) WHERE party IS NOT NULL;

DROP VIEW v_amount;
-- `amount` is in currency units and rounded as SQLite's numbers are; `minor_units` is exact.
CREATE VIEW v_amount AS
SELECT project, number, amount.kind AS kind, basis, currency, minor_units, decimal_places,
       CASE decimal_places WHEN 0 THEN minor_units / 1.0 WHEN 1 THEN minor_units / 10.0 WHEN 2 THEN minor_units / 100.0
                           WHEN 3 THEN minor_units / 1000.0 WHEN 4 THEN minor_units / 10000.0 END AS amount,
       estimated, on_date, source, note, party
FROM amount JOIN currency ON currency.code = amount.currency;

PRAGMA user_version = 16;
