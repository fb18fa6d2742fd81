//! Lists of projects: what is chosen, and one line about each.

mod filter;

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Serialize;

use super::Error;
use super::backend::{Backend, Db};
use super::read::Reader;
use super::schema::*;
use crate::domain::*;
pub(crate) use filter::{Filter, NOT_STATED};

/// What a list and a summary need of a project.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) facts: LineFacts,
    pub(crate) hosts: Vec<CountryCode>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) parties: Vec<LineParty>,
    /// By the events that had happened.
    pub(crate) standing: Standing,
}

/// The columns of a line.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = project, check_for_backend(Backend))]
pub(crate) struct LineFacts {
    pub(crate) code: ProjectCode,
    pub(crate) list_number: Option<i64>,
    pub(crate) forum: Option<String>,
    pub(crate) identified: bool,
    pub(crate) umbrella: Option<bool>,
    pub(crate) instrument: Option<Instrument>,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    pub(crate) mode: Option<Mode>,
    pub(crate) sector: Option<Sector>,
    status: Option<Status>,
    status_on: Option<PartialDate>,
    evidence_on: Option<PartialDate>,
    entered_on: Option<PartialDate>,
}

/// A party of a project with all its roles in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct LineParty {
    pub(crate) party: String,
    pub(crate) name_en: Option<String>,
    pub(crate) name_zh: Option<String>,
    pub(crate) name_ja: Option<String>,
    pub(crate) name_native: Option<String>,
    pub(crate) country: Option<CountryCode>,
    pub(crate) side: Option<Side>,
    pub(crate) roles: Vec<Role>,
    /// Whether every part of it was only offered or planned, and never realised.
    pub(crate) prospective: bool,
}

impl LineFacts {
    /// The title in the languages in which it is stated.
    pub(crate) fn titles(&self) -> Names<'_> {
        Names {
            en: self.title_en.as_deref(),
            zh: self.title_zh.as_deref(),
            ja: self.title_ja.as_deref(),
            native: self.title_original.as_deref(),
        }
    }

    fn standing(&self) -> Standing {
        Standing {
            status: self.status,
            status_on: self.status_on,
            evidence_on: self.evidence_on,
            entered_on: self.entered_on,
        }
    }
}

impl LineParty {
    /// The name in the languages in which it is stated.
    pub(crate) fn names(&self) -> Names<'_> {
        Names {
            en: self.name_en.as_deref(),
            zh: self.name_zh.as_deref(),
            ja: self.name_ja.as_deref(),
            native: self.name_native.as_deref(),
        }
    }
}

impl Reader<'_> {
    /// The projects that `filter` chooses, as they stood within `horizon`, in the order of their codes; at most `limit`.
    pub(crate) fn lines(
        &mut self,
        filter: &Filter,
        horizon: Horizon,
        limit: Option<usize>,
    ) -> Result<Vec<Line>, Error> {
        let open = horizon.is_open();
        let mut query = filter.query(open);
        if let (Some(limit), true) = (
            limit.and_then(|limit| i64::try_from(limit).ok()),
            open && filter.side.is_empty(),
        ) {
            query = query.limit(limit);
        }
        let facts: Vec<LineFacts> = query.load(self.db)?;
        let standings: Vec<Standing> = if open {
            facts.iter().map(LineFacts::standing).collect()
        } else {
            let mut standings = standings_within(horizon, &facts, self.db)?;
            facts
                .iter()
                .map(|facts| standings.remove(&facts.code).unwrap_or_default())
                .collect()
        };
        let chosen = facts
            .into_iter()
            .zip(standings)
            .filter(|(_, standing)| open || filter.accepts(*standing))
            .collect();
        let mut lines = complete(chosen, self.db)?;
        lines.retain(|line| filter.accepts_sides(&line.parties));
        lines.truncate(limit.unwrap_or(usize::MAX));
        Ok(lines)
    }
}

/// Codes of one query: SQLite allows 32766 values in one statement.
const AT_ONCE: usize = 10_000;

/// Rows of a child table for the projects of `codes`, in the order of project and number.
macro_rules! rows_of {
    ($codes:expr, $table:ident, $columns:expr, $db:expr) => {{
        let mut rows = Vec::new();
        for codes in $codes.chunks(AT_ONCE) {
            let query = $table::table.filter($table::project.eq_any(codes));
            rows.extend(
                query
                    .order(($table::project, $table::number))
                    .select(($table::project, $columns))
                    .load::<(ProjectCode, _)>($db)?,
            );
        }
        rows
    }};
}

fn standings_within(
    horizon: Horizon,
    facts: &[LineFacts],
    db: &mut Db,
) -> Result<HashMap<ProjectCode, Standing>, Error> {
    let codes: Vec<&str> = facts.iter().map(|facts| facts.code.as_str()).collect();
    let columns = (event::on_date, event::status, event::source.is_not_null());
    let rows = rows_of!(codes, event, columns, db);
    let mut happened = HashMap::<ProjectCode, Vec<Happened>>::new();
    for (code, (on_date, status, has_source)) in rows {
        let on_date: Option<PartialDate> = on_date;
        if let Some(on_date) = on_date.filter(|date| horizon.includes(*date)) {
            happened.entry(code).or_default().push(Happened {
                on_date,
                status,
                has_source,
            });
        }
    }
    Ok(happened
        .into_iter()
        .map(|(code, events)| (code, standing(events)))
        .collect())
}

fn complete(chosen: Vec<(LineFacts, Standing)>, db: &mut Db) -> Result<Vec<Line>, Error> {
    let codes: Vec<&str> = chosen
        .iter()
        .map(|(facts, _)| facts.code.as_str())
        .collect();
    let mut hosts = HashMap::<ProjectCode, Vec<CountryCode>>::new();
    for (code, country) in rows_of!(codes, project_host, project_host::country, db) {
        hosts.entry(code).or_default().push(country);
    }
    let mut objectives = HashMap::<ProjectCode, Vec<Objective>>::new();
    for (code, objective) in rows_of!(codes, project_objective, project_objective::objective, db) {
        objectives.entry(code).or_default().push(objective);
    }
    let mut parties = parties(&codes, &hosts, db)?;
    let lines = chosen.into_iter().map(|(facts, standing)| Line {
        hosts: hosts.remove(&facts.code).unwrap_or_default(),
        objectives: objectives.remove(&facts.code).unwrap_or_default(),
        parties: parties.remove(&facts.code).unwrap_or_default(),
        facts,
        standing,
    });
    Ok(lines.collect())
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

type Parties = HashMap<ProjectCode, Vec<LineParty>>;

fn parties(
    codes: &[&str],
    hosts: &HashMap<ProjectCode, Vec<CountryCode>>,
    db: &mut Db,
) -> Result<Parties, Error> {
    let mut parties = Parties::new();
    for codes in codes.chunks(AT_ONCE) {
        let rows: Vec<(ProjectCode, PartyRow)> = participation::table
            .inner_join(party::table)
            .filter(participation::project.eq_any(codes))
            .order((participation::project, participation::number))
            .select((
                participation::project,
                (
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
                ),
            ))
            .load(db)?;
        for (code, row) in rows {
            let hosts = hosts.get(&code).map_or(&[][..], Vec::as_slice);
            let side = Side::of(row.side, row.country.as_ref(), hosts);
            let of_project = parties.entry(code).or_default();
            if let Some(known) = of_project.iter_mut().find(|known| known.party == row.party) {
                known.roles.push(row.role);
                known.prospective &= row.prospective;
                continue;
            }
            let (name_en, name_zh, name_ja, name_native) = row.names;
            let PartyRow {
                party,
                country,
                role,
                prospective,
                ..
            } = row;
            of_project.push(LineParty {
                party,
                name_en,
                name_zh,
                name_ja,
                name_native,
                country,
                side,
                roles: vec![role],
                prospective,
            });
        }
    }
    Ok(parties)
}
