//! What projects are told apart by, read in one go for an import: little of each, for all of them.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::schema::{project, project_identifier, project_origin};
use super::{Error, Reader};
use crate::domain::ProjectCode;

/// What is read of a project: its code and its place among the agreements of a forum, its titles and its hosts.
#[derive(Debug, Queryable)]
pub(crate) struct ProjectKey {
    pub(crate) code: ProjectCode,
    pub(crate) forum: Option<String>,
    pub(crate) list_number: Option<i64>,
    pub(crate) identified: bool,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    /// Codes of countries, separated by blanks.
    hosts: Option<String>,
}

impl ProjectKey {
    /// The titles that are stated.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        let titles = [
            &self.title_en,
            &self.title_zh,
            &self.title_ja,
            &self.title_original,
        ];
        titles.into_iter().flatten().map(String::as_str)
    }

    /// The countries in which it takes place.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = &str> {
        self.hosts.iter().flat_map(|hosts| hosts.split(' '))
    }
}

impl Reader<'_> {
    /// Shows the keys of all projects to `work`, in the order of their codes.
    pub(crate) fn each_project_key(
        &mut self,
        mut work: impl FnMut(ProjectKey),
    ) -> Result<(), Error> {
        let columns = (
            project::code,
            project::forum,
            project::list_number,
            project::identified,
            project::title_en,
            project::title_zh,
            project::title_ja,
            project::title_original,
            sql::<Nullable<Text>>(
                "(SELECT group_concat(country, ' ') FROM project_host WHERE project = project.code)",
            ),
        );
        let rows = project::table.order(project::code).select(columns);
        for row in rows.load_iter::<ProjectKey, diesel::connection::DefaultLoadingMode>(self.db)? {
            work(row?);
        }
        Ok(())
    }

    /// Shows the places of all projects in lists to `work`: list, key, code.
    pub(crate) fn each_project_origin(
        &mut self,
        mut work: impl FnMut(String, String, ProjectCode),
    ) -> Result<(), Error> {
        let columns = (
            project_origin::scheme,
            project_origin::identifier,
            project_origin::project,
        );
        let rows = project_origin::table.select(columns);
        type Row = (String, String, ProjectCode);
        for row in rows.load_iter::<Row, diesel::connection::DefaultLoadingMode>(self.db)? {
            let (scheme, identifier, code) = row?;
            work(scheme, identifier, code);
        }
        Ok(())
    }

    /// Shows the identifiers of all projects to `work`: scheme, identifier, code.
    pub(crate) fn each_project_identifier(
        &mut self,
        mut work: impl FnMut(String, String, ProjectCode),
    ) -> Result<(), Error> {
        let columns = (
            project_identifier::scheme,
            project_identifier::identifier,
            project_identifier::project,
        );
        let rows = project_identifier::table.select(columns);
        type Row = (String, String, ProjectCode);
        for row in rows.load_iter::<Row, diesel::connection::DefaultLoadingMode>(self.db)? {
            let (scheme, identifier, code) = row?;
            work(scheme, identifier, code);
        }
        Ok(())
    }
}
