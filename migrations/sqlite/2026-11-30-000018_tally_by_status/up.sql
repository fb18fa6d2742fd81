-- The tally has a row for each status in place of a column for each, so that a new status cannot be forgotten.

DROP TABLE tally;

CREATE TABLE tally (
    forum          TEXT    NOT NULL, -- '' of the projects that belong to none
    mode           TEXT    NOT NULL, -- '' where none is stated
    identified     INTEGER NOT NULL CHECK (identified IN (0, 1)),
    hosts          TEXT    NOT NULL, -- codes in their order, separated by blanks
    status         TEXT    NOT NULL, -- '' where none is stated
    projects       INTEGER NOT NULL CHECK (projects > 0),
    without_sector INTEGER NOT NULL CHECK (without_sector BETWEEN 0 AND projects),
    PRIMARY KEY (forum, mode, identified, hosts, status)
) STRICT, WITHOUT ROWID;

INSERT INTO tally
SELECT coalesce(forum, ''), coalesce(mode, ''), identified,
       coalesce((SELECT group_concat(country, ' ') FROM (SELECT country FROM project_host WHERE project = code ORDER BY country)), ''),
       coalesce(status, ''), count(*), sum(sector IS NULL)
FROM project GROUP BY 1, 2, 3, 4, 5;

PRAGMA user_version = 18;
