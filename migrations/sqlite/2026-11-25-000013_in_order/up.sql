-- Every condition of a list has an index that also has the order of the list, so that the first few of many are found by reading
-- the first few. The order is that of the numbers in the codes: shorter codes first.

DROP INDEX project_by_forum;
DROP INDEX project_by_mode;
DROP INDEX project_by_status;
DROP INDEX project_by_sector;
DROP INDEX project_by_host;
DROP INDEX participation_by_party;
CREATE INDEX project_by_forum ON project (forum, length(code), code);
CREATE INDEX project_by_mode ON project (mode, length(code), code);
CREATE INDEX project_by_status ON project (status, length(code), code);
CREATE INDEX project_by_sector ON project (sector, length(code), code);
CREATE INDEX project_by_identified ON project (identified, length(code), code);
CREATE INDEX project_by_year ON project (substr(entered_on, 1, 4), length(code), code);
CREATE UNIQUE INDEX project_by_host ON project_host (country, length(project), project);
CREATE INDEX participation_by_party ON participation (party, length(project), project, prospective);

PRAGMA user_version = 13;
