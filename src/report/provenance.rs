//! What a project's record rests on: its sources with their confidence, and how well it is known.

use std::collections::HashMap;

use serde::Serialize;

use super::ProjectReport;
use crate::domain::*;
use crate::store::{Project, Source};

/// Follows from the records; an import leaves it aside and works it out again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Provenance {
    pub(crate) status: Option<Status>,
    pub(crate) status_on: Option<PartialDate>,
    pub(crate) evidence_on: Option<PartialDate>,
    /// In the order in which the record first names them.
    pub(crate) sources: Vec<NamedSource>,
    /// See [`Stated::completeness`].
    pub(crate) completeness: Option<f64>,
    /// See [`source_quality`].
    pub(crate) source_quality: Option<f64>,
    /// See [`evidence`].
    pub(crate) evidence: Option<f64>,
}

/// A source that a project names, and how far it can be relied on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct NamedSource {
    pub(crate) source: String,
    pub(crate) confidence: Confidence,
}

impl Provenance {
    /// Of a project as it stood within `horizon`; `sources` holds those that it names.
    pub(crate) fn of(
        project: &Project,
        horizon: Horizon,
        sources: &HashMap<String, Source>,
    ) -> Self {
        let facts = &project.facts;
        let standing = project.standing(Some(horizon));
        let named = ProjectReport::source_codes(project);
        let sources: Vec<NamedSource> = named
            .iter()
            .filter_map(|code| sources.get(code))
            .map(|source| NamedSource {
                source: source.code.clone(),
                confidence: source.confidence,
            })
            .collect();
        let mut parties: Vec<&str> = project
            .participations
            .iter()
            .filter(|part| !part.prospective)
            .map(|part| part.party.as_str())
            .collect();
        parties.sort_unstable();
        parties.dedup();
        let stated = Stated {
            instrument: facts.instrument.is_some(),
            mode: facts.mode.is_some(),
            sector: facts.sector.is_some(),
            host: !project.hosts.is_empty(),
            two_parties: parties.len() >= 2,
            status: standing.status.is_some(),
            amount: !project.amounts.is_empty(),
            source: !named.is_empty(),
        };
        let status_events = project
            .events
            .iter()
            .filter(|event| event.kind == EventKind::Status);
        Self {
            status: standing.status,
            status_on: standing.status_on,
            evidence_on: standing.evidence_on,
            completeness: stated.completeness(),
            source_quality: source_quality(sources.iter().map(|source| source.confidence)),
            evidence: evidence(status_events.map(|event| event.source.is_some())),
            sources,
        }
    }
}
