-- How many projects stand alike in what a summary counts by: kept with the projects in the one write path, so that the summary
-- of a million projects is one short read. It follows from the projects; `verify` counts them anew and compares.

CREATE TABLE tally (
    forum          TEXT    NOT NULL, -- '' of the projects that belong to none
    mode           TEXT    NOT NULL, -- '' where none is stated
    identified     INTEGER NOT NULL CHECK (identified IN (0, 1)),
    hosts          TEXT    NOT NULL, -- codes in their order, separated by blanks
    projects       INTEGER NOT NULL CHECK (projects > 0),
    without_sector INTEGER NOT NULL CHECK (without_sector BETWEEN 0 AND projects),
    proposed       INTEGER NOT NULL CHECK (proposed >= 0),
    signed         INTEGER NOT NULL CHECK (signed >= 0),
    committed      INTEGER NOT NULL CHECK (committed >= 0),
    implementing   INTEGER NOT NULL CHECK (implementing >= 0),
    completed      INTEGER NOT NULL CHECK (completed >= 0),
    suspended      INTEGER NOT NULL CHECK (suspended >= 0),
    cancelled      INTEGER NOT NULL CHECK (cancelled >= 0),
    CHECK (proposed + signed + committed + implementing + completed + suspended + cancelled <= projects),
    PRIMARY KEY (forum, mode, identified, hosts)
) STRICT, WITHOUT ROWID;

INSERT INTO tally
SELECT coalesce(forum, ''), coalesce(mode, ''), identified,
       coalesce((SELECT group_concat(country, ' ') FROM (SELECT country FROM project_host WHERE project = code ORDER BY country)), ''),
       count(*), sum(sector IS NULL), sum(status IS 'proposed'), sum(status IS 'signed'), sum(status IS 'committed'),
       sum(status IS 'implementing'), sum(status IS 'completed'), sum(status IS 'suspended'), sum(status IS 'cancelled')
FROM project GROUP BY 1, 2, 3, 4;

PRAGMA user_version = 11;
