//! Everything about one project.

use std::collections::BTreeMap;

use serde::Serialize;

use super::batches::BatchList;
use crate::domain::*;
use crate::store::{Currency, Forum, Party, Project, Source};

/// A project as it stood, with what its parties and sources are.
#[derive(Debug, Serialize)]
pub(crate) struct ProjectReport {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    #[serde(skip)]
    pub(crate) horizon: Horizon,
    pub(crate) known_at: Option<Moment>,
    pub(crate) status: Option<Status>,
    pub(crate) status_on: Option<PartialDate>,
    pub(crate) evidence_on: Option<PartialDate>,
    #[serde(flatten)]
    pub(crate) project: Project,
    pub(crate) parties: BTreeMap<String, Party>,
    pub(crate) sources: Vec<ProjectSource>,
    #[serde(skip)]
    pub(crate) currencies: BTreeMap<String, Currency>,
    /// The forum whose agreement it is.
    #[serde(skip)]
    pub(crate) forum: Option<Forum>,
    #[serde(skip)]
    pub(crate) homes: Homes,
    /// Who recorded what when, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) history: Option<BatchList>,
}

/// The records that a project refers to.
#[derive(Debug, Default)]
pub(crate) struct Related {
    pub(crate) parties: BTreeMap<String, Party>,
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) currencies: BTreeMap<String, Currency>,
    pub(crate) forum: Option<Forum>,
    pub(crate) homes: Homes,
}

/// A source and its place in the project's list of sources.
#[derive(Debug, Serialize)]
pub(crate) struct ProjectSource {
    pub(crate) number: usize,
    #[serde(flatten)]
    pub(crate) source: Source,
}

impl ProjectReport {
    /// The report on `project`. What had not happened within `horizon` is left out.
    pub(crate) fn of(
        mut project: Project,
        horizon: Horizon,
        known_at: Option<Moment>,
        related: Related,
    ) -> Self {
        let Related {
            parties,
            mut sources,
            currencies,
            forum,
            homes,
        } = related;
        let standing = project.standing(Some(horizon));
        project
            .events
            .retain(|event| event.on_date.is_none_or(|date| horizon.includes(date)));
        let order = Self::source_codes(&project);
        let sources = (1..).zip(order.iter().filter_map(|code| sources.remove(code)));
        Self {
            as_of: horizon.report_day(),
            horizon,
            known_at,
            status: standing.status,
            status_on: standing.status_on,
            evidence_on: standing.evidence_on,
            sources: sources
                .map(|(number, source)| ProjectSource { number, source })
                .collect(),
            project,
            parties,
            currencies,
            forum,
            homes,
            history: None,
        }
    }

    /// Codes of all sources that a project names, in the order in which they are first named.
    pub(crate) fn source_codes(project: &Project) -> Vec<String> {
        let of_events = project
            .events
            .iter()
            .filter_map(|event| event.source.as_ref());
        let of_amounts = project
            .amounts
            .iter()
            .filter_map(|amount| amount.source.as_ref());
        let of_risks = project.risks.iter().filter_map(|risk| risk.source.as_ref());
        let mut codes = Vec::<String>::new();
        for code in project
            .citations
            .iter()
            .chain(of_events)
            .chain(of_amounts)
            .chain(of_risks)
        {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        codes
    }

    /// The number under which the report lists a source.
    pub(crate) fn source_number(&self, code: Option<&String>) -> Option<usize> {
        let source = self
            .sources
            .iter()
            .find(|source| Some(&source.source.code) == code)?;
        Some(source.number)
    }
}
