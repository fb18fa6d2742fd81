-- Views for questions in SQL (`tpmc sql`): stable names and columns, whatever becomes of the tables beneath. Columns are added,
-- never renamed. Codes, words and dates are as the tables have them; NULL is what is not stated.

CREATE VIEW v_project AS
SELECT code, id, list_number, forum, identified, umbrella, instrument,
       coalesce(title_en, title_original, title_ja, title_zh) AS title,
       title_en, title_zh, title_ja, title_original, mode, mode_basis, sector, host_note, membership, confidence, note,
       status, status_on, evidence_on, entered_on,
       coalesce(status IN ('implementing', 'completed'), 0) AS implemented,
       (SELECT group_concat(country, ';') FROM (SELECT country FROM project_host WHERE project = code ORDER BY number)) AS hosts
FROM project;

CREATE VIEW v_host AS
SELECT project, number, country, name_en AS country_en, name_zh AS country_zh, name_ja AS country_ja, alpha3, asean_since
FROM project_host JOIN country ON country.code = project_host.country;

-- A side follows from the home country (China, Hong Kong and Macao are one) and the hosts, unless the party's record says it.
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
FROM participation JOIN party ON party.code = participation.party;

CREATE VIEW v_event AS
SELECT project, number, on_date, last_day, due_on, kind, status, text, source, confidence, evidence
FROM event;

-- `amount` is in currency units and rounded as SQLite's numbers are; `minor_units` is exact.
CREATE VIEW v_amount AS
SELECT project, number, amount.kind AS kind, basis, currency, minor_units, decimal_places,
       CASE decimal_places WHEN 0 THEN minor_units / 1.0 WHEN 1 THEN minor_units / 10.0 WHEN 2 THEN minor_units / 100.0
                           WHEN 3 THEN minor_units / 1000.0 WHEN 4 THEN minor_units / 10000.0 END AS amount,
       estimated, on_date, source, note
FROM amount JOIN currency ON currency.code = amount.currency;

CREATE VIEW v_risk AS
SELECT project, number, category, level, state, on_date, text, source
FROM risk;

CREATE VIEW v_party AS
SELECT code, id, coalesce(name_en, name_native, name_ja, name_zh) AS name, name_en, name_zh, name_ja, name_native,
       country, side, kind, note,
       (SELECT count(DISTINCT project) FROM participation WHERE party = code AND prospective = 0) AS projects
FROM party;

CREATE VIEW v_source AS
SELECT code, id, url, title, publisher, publisher_kind, language, read_on, confidence, note
FROM source;

-- Every place where a project names a source.
CREATE VIEW v_citation AS
SELECT project, 'project' AS cited_by, number, source FROM citation
UNION ALL SELECT project, 'event', number, source FROM event WHERE source IS NOT NULL
UNION ALL SELECT project, 'amount', number, source FROM amount WHERE source IS NOT NULL
UNION ALL SELECT project, 'risk', number, source FROM risk WHERE source IS NOT NULL;

PRAGMA user_version = 8;
