//! Lists of projects: what is chosen, and one line about each.

mod committed;
mod filter;
mod first;
mod parts;

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Serialize;

use super::Error;
use super::backend::Backend;
use super::read::Reader;
use super::schema::*;
use crate::domain::*;
pub(crate) use committed::Committed;
pub(crate) use filter::{Filter, NOT_STATED};

/// What a list and a summary need of a project.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) facts: LineFacts,
    pub(crate) hosts: Vec<CountryCode>,
    /// By the events that had happened.
    pub(crate) standing: Standing,
    /// Empty unless asked for.
    pub(crate) objectives: Vec<Objective>,
    /// Empty unless asked for.
    pub(crate) parties: Vec<LineParty>,
    /// Empty unless asked for.
    pub(crate) wording: Wording,
}

/// Which parts of a line are wanted beside those that every line has: the fewer, the faster.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted {
    pub(crate) objectives: bool,
    pub(crate) parties: bool,
    pub(crate) wording: bool,
}

/// What projects are counted by.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = project, check_for_backend(Backend))]
pub(crate) struct LineFacts {
    pub(crate) code: ProjectCode,
    pub(crate) forum: Option<String>,
    pub(crate) identified: bool,
    pub(crate) mode: Option<Mode>,
    pub(crate) sector: Option<Sector>,
    status: Option<Status>,
    status_on: Option<PartialDate>,
    evidence_on: Option<PartialDate>,
    entered_on: Option<PartialDate>,
}

/// How a project is described.
#[derive(Debug, Clone, Default, PartialEq, Queryable, Selectable)]
#[diesel(table_name = project, check_for_backend(Backend))]
pub(crate) struct Wording {
    pub(crate) list_number: Option<i64>,
    pub(crate) umbrella: Option<bool>,
    pub(crate) instrument: Option<Instrument>,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    pub(crate) title_zh_basis: Option<TextBasis>,
    pub(crate) title_ja_basis: Option<TextBasis>,
    pub(crate) desk: Option<Desk>,
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

impl Wanted {
    pub(crate) const EVERYTHING: Self = Self {
        objectives: true,
        parties: true,
        wording: true,
    };
}

impl LineFacts {
    fn standing(&self) -> Standing {
        Standing {
            status: self.status,
            status_on: self.status_on,
            evidence_on: self.evidence_on,
            entered_on: self.entered_on,
        }
    }
}

impl Wording {
    /// The title in the languages in which it is stated.
    pub(crate) fn titles(&self) -> Names<'_> {
        Names {
            en: self.title_en.as_deref(),
            zh: self.title_zh.as_deref(),
            ja: self.title_ja.as_deref(),
            native: self.title_original.as_deref(),
            translated: Translated::of(self.title_zh_basis, self.title_ja_basis),
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
            translated: Translated::default(),
        }
    }
}

impl Reader<'_> {
    /// The projects that `filter` chooses, as they stood within `horizon`, in the order of their codes; at most `limit`.
    pub(crate) fn lines(
        &mut self,
        filter: &Filter,
        horizon: Horizon,
        wanted: Wanted,
        limit: Option<usize>,
    ) -> Result<Vec<Line>, Error> {
        match limit {
            Some(limit) if filter.among.is_none() => {
                self.first_lines(filter, horizon, wanted, limit)
            }
            limit => {
                let facts = filter.query(horizon.is_open()).load(self.db)?;
                let whole = *filter == Filter::default();
                let mut lines = self.lines_of(facts, filter, horizon, wanted, whole)?;
                lines.truncate(limit.unwrap_or(usize::MAX));
                Ok(lines)
            }
        }
    }

    /// The lines of these projects, as far as they are chosen. `whole` says that they are all that there are.
    fn lines_of(
        &mut self,
        facts: Vec<LineFacts>,
        filter: &Filter,
        horizon: Horizon,
        wanted: Wanted,
        whole: bool,
    ) -> Result<Vec<Line>, Error> {
        let open = horizon.is_open();
        let codes: Vec<String> = facts.iter().map(|facts| facts.code.to_string()).collect();
        let codes = if whole { None } else { Some(&codes[..]) };

        let mut standings = if open {
            HashMap::new()
        } else {
            parts::standings(codes, horizon, self.db)?
        };
        let mut hosts = parts::hosts(codes, self.db)?;
        let mut objectives = if wanted.objectives {
            parts::objectives(codes, self.db)?
        } else {
            HashMap::new()
        };
        let with_parties = wanted.parties || !filter.side.is_empty();
        let mut parties = if with_parties {
            let homes = self.homes()?;
            parts::parties(codes, &hosts, &homes, self.db)?
        } else {
            HashMap::new()
        };
        let mut wordings = if wanted.wording {
            parts::wordings(codes, self.db)?
        } else {
            HashMap::new()
        };
        let line = |facts: LineFacts| Line {
            standing: if open {
                facts.standing()
            } else {
                standings.remove(&facts.code).unwrap_or_default()
            },
            hosts: hosts.remove(&facts.code).unwrap_or_default(),
            objectives: objectives.remove(&facts.code).unwrap_or_default(),
            parties: parties.remove(&facts.code).unwrap_or_default(),
            wording: wordings.remove(&facts.code).unwrap_or_default(),
            facts,
        };
        let chosen = facts.into_iter().map(line).filter(|line| {
            (open || filter.accepts(line.standing)) && filter.accepts_sides(&line.parties)
        });
        Ok(chosen.collect())
    }
}
