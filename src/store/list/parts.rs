//! The parts of a line that stand in tables of their own, for some projects or for all.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{LineParty, Wording};
use crate::domain::*;
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::schema::*;

/// Codes of one query: SQLite allows 32766 values in one statement.
const AT_ONCE: usize = 10_000;

/// Runs a query for the projects of `codes`, in parts that SQLite can take, or once for all when there are none to name.
macro_rules! for_projects {
    ($codes:expr, $query:expr, $owner:expr, $db:expr) => {{
        let mut rows = Vec::new();
        match $codes {
            None => rows = $query.load($db)?,
            Some(codes) => {
                for codes in codes.chunks(AT_ONCE) {
                    rows.extend($query.filter($owner.eq_any(codes)).load($db)?);
                }
            }
        }
        rows
    }};
}

fn collected<T>(rows: Vec<(ProjectCode, T)>) -> HashMap<ProjectCode, Vec<T>> {
    let mut lists = HashMap::<ProjectCode, Vec<T>>::new();
    rows.into_iter()
        .for_each(|(code, item)| lists.entry(code).or_default().push(item));
    lists
}

/// Host countries.
pub(super) fn hosts(
    codes: Option<&[String]>,
    db: &mut Db,
) -> Result<HashMap<ProjectCode, Vec<CountryCode>>, Error> {
    let query = project_host::table.order((project_host::project, project_host::number));
    let query = query.select((project_host::project, project_host::country));
    Ok(collected(for_projects!(
        codes,
        query,
        project_host::project,
        db
    )))
}

/// Objectives.
pub(super) fn objectives(
    codes: Option<&[String]>,
    db: &mut Db,
) -> Result<HashMap<ProjectCode, Vec<Objective>>, Error> {
    let query =
        project_objective::table.order((project_objective::project, project_objective::number));
    let query = query.select((project_objective::project, project_objective::objective));
    Ok(collected(for_projects!(
        codes,
        query,
        project_objective::project,
        db
    )))
}

/// How the projects are described.
pub(super) fn wordings(
    codes: Option<&[String]>,
    db: &mut Db,
) -> Result<HashMap<ProjectCode, Wording>, Error> {
    let query = project::table.select((project::code, Wording::as_select()));
    let rows: Vec<(ProjectCode, Wording)> = for_projects!(codes, query, project::code, db);
    Ok(rows.into_iter().collect())
}

/// Where the projects stood within `horizon`.
pub(super) fn standings(
    codes: Option<&[String]>,
    horizon: Horizon,
    db: &mut Db,
) -> Result<HashMap<ProjectCode, Standing>, Error> {
    type Row = (ProjectCode, (Option<PartialDate>, Option<Status>, bool));
    let columns = (event::on_date, event::status, event::source.is_not_null());
    let query = event::table
        .order((event::project, event::number))
        .select((event::project, columns));
    let rows: Vec<Row> = for_projects!(codes, query, event::project, db);
    let happened = rows
        .into_iter()
        .filter_map(|(code, (on_date, status, has_source))| {
            let on_date = on_date.filter(|date| horizon.includes(*date))?;
            Some((
                code,
                Happened {
                    on_date,
                    status,
                    has_source,
                },
            ))
        });
    let events = collected(happened.collect());
    Ok(events
        .into_iter()
        .map(|(code, events)| (code, standing(events)))
        .collect())
}

#[derive(Queryable)]
struct PartyRow {
    party: String,
    names: (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    ),
    country: Option<CountryCode>,
    side: Option<Side>,
    role: Role,
    prospective: bool,
}

/// Parties with their roles, each once.
pub(super) fn parties(
    codes: Option<&[String]>,
    hosts: &HashMap<ProjectCode, Vec<CountryCode>>,
    homes: &Homes,
    db: &mut Db,
) -> Result<HashMap<ProjectCode, Vec<LineParty>>, Error> {
    let columns = (
        participation::party,
        (
            party::name_en,
            party::name_zh,
            party::name_ja,
            party::name_native,
        ),
        party::country,
        party::side,
        participation::role,
        participation::prospective,
    );
    let query = participation::table.inner_join(party::table);
    let query = query
        .order((participation::project, participation::number))
        .select((participation::project, columns));
    let rows: Vec<(ProjectCode, PartyRow)> =
        for_projects!(codes, query, participation::project, db);
    let mut parties = HashMap::<ProjectCode, Vec<LineParty>>::new();
    for (code, row) in rows {
        let hosts = hosts.get(&code).map_or(&[][..], Vec::as_slice);
        let of_project = parties.entry(code).or_default();
        match of_project.iter_mut().find(|known| known.party == row.party) {
            Some(known) => {
                known.roles.push(row.role);
                known.prospective &= row.prospective;
            }
            None => of_project.push(row.with_side(hosts, homes)),
        }
    }
    Ok(parties)
}

impl PartyRow {
    fn with_side(self, hosts: &[CountryCode], homes: &Homes) -> LineParty {
        let side = homes.side(self.side, self.country.as_ref(), hosts);
        let (name_en, name_zh, name_ja, name_native) = self.names;
        LineParty {
            party: self.party,
            name_en,
            name_zh,
            name_ja,
            name_native,
            country: self.country,
            side,
            roles: vec![self.role],
            prospective: self.prospective,
        }
    }
}
