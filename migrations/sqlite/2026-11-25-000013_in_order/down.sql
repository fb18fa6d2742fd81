DROP INDEX project_by_forum;
DROP INDEX project_by_mode;
DROP INDEX project_by_status;
DROP INDEX project_by_sector;
DROP INDEX project_by_identified;
DROP INDEX project_by_year;
DROP INDEX project_by_host;
DROP INDEX participation_by_party;
CREATE INDEX project_by_forum ON project (forum, mode, status);
CREATE INDEX project_by_mode ON project (mode);
CREATE INDEX project_by_status ON project (status);
CREATE INDEX project_by_sector ON project (sector);
CREATE UNIQUE INDEX project_by_host ON project_host (country, project);
CREATE INDEX participation_by_party ON participation (party, project);

PRAGMA user_version = 12;
