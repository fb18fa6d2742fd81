//! How many projects stand alike in what a summary counts by: kept with the projects in the one write path, so that a summary
//! need not read them one by one. It follows from the projects: `rebuild` counts them anew, and `verify` does so and compares.

use std::collections::HashMap;
use std::fmt;

use diesel::prelude::*;

use super::backend::{Backend, Db};
use super::record::{Document, Project};
use super::{Error, Reader};
use crate::domain::{CountryCode, Mode, Status, Vocabulary as _};

diesel::table! {
    tally (forum, mode, identified, hosts, status) {
        forum -> Text,
        mode -> Text,
        identified -> Bool,
        hosts -> Text,
        status -> Text,
        projects -> BigInt,
        without_sector -> BigInt,
    }
}

/// Projects that stand alike.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tally {
    pub(crate) forum: Option<String>,
    pub(crate) mode: Option<Mode>,
    pub(crate) identified: bool,
    pub(crate) hosts: Vec<CountryCode>,
    pub(crate) status: Option<Status>,
    pub(crate) projects: usize,
    pub(crate) without_sector: usize,
}

/// A row of the table. What is not stated is empty text.
#[derive(Debug, Clone, PartialEq, Insertable, HasQuery, QueryableByName)]
#[diesel(table_name = tally, check_for_backend(Backend))]
pub(super) struct Row {
    pub(super) forum: String,
    pub(super) mode: String,
    identified: bool,
    pub(super) hosts: String,
    status: String,
    projects: i64,
    without_sector: i64,
}

impl fmt::Display for Row {
    /// What it counts: `F1/investment/identified/DE FR/signed`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stated = |text: &str| if text.is_empty() { "-" } else { text }.to_owned();
        let identified = if self.identified {
            "identified"
        } else {
            "not identified"
        };
        let texts = [&self.forum, &self.mode, &self.hosts, &self.status];
        let [forum, mode, hosts, status] = texts.map(|text| stated(text));
        write!(formatter, "{forum}/{mode}/{identified}/{hosts}/{status}")
    }
}

/// What a row is found by.
type Key = (String, String, bool, String, String);

impl Row {
    fn of(project: &Project) -> Self {
        let mut hosts: Vec<&str> = project.hosts.iter().map(CountryCode::as_str).collect();
        hosts.sort_unstable();
        let status = project.standing(None).status;
        Self {
            forum: project.facts.forum.clone().unwrap_or_default(),
            mode: project.facts.mode.map_or("", Mode::word).to_owned(),
            identified: project.facts.identified,
            hosts: hosts.join(" "),
            status: status.map_or("", Status::word).to_owned(),
            projects: 1,
            without_sector: i64::from(project.facts.sector.is_none()),
        }
    }

    pub(super) fn key(&self) -> Key {
        (
            self.forum.clone(),
            self.mode.clone(),
            self.identified,
            self.hosts.clone(),
            self.status.clone(),
        )
    }

    /// Returns the figures with the names of their columns.
    pub(super) fn figures(&self) -> [(&'static str, i64); 2] {
        [
            ("projects", self.projects),
            ("without_sector", self.without_sector),
        ]
    }

    fn add(&mut self, other: &Self, times: i64) {
        self.projects += other.projects * times;
        self.without_sector += other.without_sector * times;
    }

    fn read(self) -> Result<Tally, Error> {
        let wrong = || Error::Journal(message!("why-tally-row", key = self.to_string()));
        let count = |figure: i64| usize::try_from(figure).unwrap_or_default();
        let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let hosts = self.hosts.split_whitespace().map(str::parse);
        let mode = stated(&self.mode).map(|mode| mode.parse());
        let status = stated(&self.status).map(|status| status.parse());
        Ok(Tally {
            forum: stated(&self.forum),
            mode: mode.transpose().map_err(|_| wrong())?,
            identified: self.identified,
            hosts: hosts.collect::<Result<_, _>>().map_err(|_| wrong())?,
            status: status.transpose().map_err(|_| wrong())?,
            projects: count(self.projects),
            without_sector: count(self.without_sector),
        })
    }
}

/// Projects counted one by one: what a batch changes in the tally, written when the batch is closed.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes(HashMap<Key, Row>);

impl Changes {
    /// Counts a record that the batch put into the tables.
    pub(super) fn came(&mut self, document: &Document) {
        self.count(document, 1);
    }

    /// Counts a record that the batch took out of the tables.
    pub(super) fn went(&mut self, document: &Document) {
        self.count(document, -1);
    }

    fn count(&mut self, document: &Document, times: i64) {
        if let Document::Project(project) = document {
            self.add(Row::of(project), times);
        }
    }

    /// Adds what was counted elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        other.0.into_values().for_each(|row| self.add(row, 1));
    }

    fn add(&mut self, row: Row, times: i64) {
        let none = || {
            let mut none = row.clone();
            none.add(&row, -1);
            none
        };
        self.0
            .entry(row.key())
            .or_insert_with(none)
            .add(&row, times);
    }

    /// What was counted and is there, in the order of the keys.
    pub(super) fn into_rows(self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.0.into_values().collect();
        rows.retain(|row| row.projects != 0);
        rows.sort_by_cached_key(Row::key);
        rows
    }

    /// Brings the table up to date.
    pub(super) fn write(self, db: &mut Db) -> QueryResult<()> {
        for (key, change) in self.0 {
            if change.figures().iter().all(|(_, figure)| *figure == 0) {
                continue;
            }
            let at = tally::table.find(key);
            let known = Row::query()
                .filter(tally::forum.eq(&change.forum))
                .filter(tally::mode.eq(&change.mode))
                .filter(tally::identified.eq(change.identified))
                .filter(tally::hosts.eq(&change.hosts))
                .filter(tally::status.eq(&change.status));
            let mut row = change.clone();
            if let Some(known) = known.first::<Row>(db).optional()? {
                row.add(&known, 1);
                diesel::delete(at).execute(db)?;
            }
            if row.projects != 0 {
                diesel::insert_into(tally::table).values(row).execute(db)?;
            }
        }
        Ok(())
    }
}

/// Counts all projects.
const COUNT: &str = "SELECT coalesce(forum, '') AS forum, coalesce(mode, '') AS mode, identified,
    coalesce((SELECT group_concat(country, ' ') FROM (SELECT country FROM project_host WHERE project = code ORDER BY country)), '') AS hosts,
    coalesce(status, '') AS status, count(*) AS projects, sum(sector IS NULL) AS without_sector
    FROM project GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5";

/// Fills the table anew from the projects.
pub(super) fn recount(db: &mut Db) -> QueryResult<()> {
    diesel::delete(tally::table).execute(db)?;
    diesel::sql_query(format!("INSERT INTO tally {COUNT}"))
        .execute(db)
        .map(drop)
}

/// The rows that are there, in the order of their keys.
pub(super) fn kept(db: &mut Db) -> QueryResult<Vec<Row>> {
    let order = (
        tally::forum,
        tally::mode,
        tally::identified,
        tally::hosts,
        tally::status,
    );
    Row::query().order(order).load(db)
}

impl Reader<'_> {
    /// Every project, counted with those that stand alike.
    pub(crate) fn tallies(&mut self) -> Result<Vec<Tally>, Error> {
        let rows: Vec<Row> = Row::query().load(self.db)?;
        rows.into_iter().map(Row::read).collect()
    }
}

#[cfg(test)]
mod tests;
