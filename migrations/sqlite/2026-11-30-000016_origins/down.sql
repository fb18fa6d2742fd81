DROP VIEW v_amount;
DROP INDEX amount_by_party;
ALTER TABLE amount DROP COLUMN party;
DROP TABLE project_origin;
CREATE VIEW v_amount AS
SELECT project, number, amount.kind AS kind, basis, currency, minor_units, decimal_places,
       CASE decimal_places WHEN 0 THEN minor_units / 1.0 WHEN 1 THEN minor_units / 10.0 WHEN 2 THEN minor_units / 100.0
                           WHEN 3 THEN minor_units / 1000.0 WHEN 4 THEN minor_units / 10000.0 END AS amount,
       estimated, on_date, source, note
FROM amount JOIN currency ON currency.code = amount.currency;

PRAGMA user_version = 15;
