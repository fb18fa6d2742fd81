//! What a search found: projects, parties and sources, each with the places that match.

mod snippet;

use std::borrow::Cow;

use serde::Serialize;

use super::ProjectEntry;
use crate::domain::*;
use crate::store::{Country, Document, Filter, Party, Source, searchable};
use snippet::{places, snippet};

/// The records found, the best first in each group.
#[derive(Debug, Serialize)]
pub(crate) struct SearchReport {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    pub(crate) known_at: Option<Moment>,
    pub(crate) query: String,
    pub(crate) filter: Filter,
    pub(crate) projects: Vec<ProjectFound>,
    pub(crate) parties: Vec<PartyFound>,
    pub(crate) sources: Vec<SourceFound>,
    /// Whether a group was cut at the limit.
    pub(crate) more: bool,
}

/// A project that was found.
#[derive(Debug, Serialize)]
pub(crate) struct ProjectFound {
    #[serde(flatten)]
    pub(crate) project: ProjectEntry,
    pub(crate) score: u32,
    pub(crate) matches: Vec<Match>,
}

/// A party that was found, and the codes of its projects.
#[derive(Debug, Serialize)]
pub(crate) struct PartyFound {
    pub(crate) code: String,
    /// For a reader of the chosen language.
    pub(crate) name: String,
    pub(crate) country: Option<CountryCode>,
    pub(crate) score: u32,
    pub(crate) matches: Vec<Match>,
    pub(crate) projects: Vec<String>,
}

/// A source that was found, and the codes of the projects that cite it.
#[derive(Debug, Serialize)]
pub(crate) struct SourceFound {
    pub(crate) code: String,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) score: u32,
    pub(crate) matches: Vec<Match>,
    pub(crate) projects: Vec<String>,
}

/// A text in which terms stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Match {
    pub(crate) field: SearchField,
    /// In the original spelling, cut around the first match, every match in square brackets.
    pub(crate) snippet: String,
}

impl SearchReport {
    /// The parties with their names for a reader of `language`.
    pub(crate) fn party(
        party: Party,
        score: u32,
        projects: Vec<String>,
        terms: &[Term],
        language: Language,
    ) -> PartyFound {
        let name = party.names().for_reader(language).to_owned();
        let country = party.facts.country.clone();
        let document = Document::from(party);
        PartyFound {
            matches: matches(&searchable(&document), terms),
            code: document.code().to_owned(),
            name,
            country,
            score,
            projects,
        }
    }

    /// A source with what matches in it.
    pub(crate) fn source(
        source: Source,
        score: u32,
        projects: Vec<String>,
        terms: &[Term],
    ) -> SourceFound {
        let document = Document::from(source.clone());
        SourceFound {
            matches: matches(&searchable(&document), terms),
            url: source.shown_address().map(Cow::into_owned),
            code: source.code,
            title: source.title,
            publisher: source.publisher,
            score,
            projects,
        }
    }
}

impl ProjectFound {
    /// A project with what matches in it, in its parties' names and in those of its hosts.
    pub(crate) fn of<'a>(
        project: ProjectEntry,
        score: u32,
        document: &'a Document,
        parties: impl IntoIterator<Item = &'a Document>,
        hosts: impl IntoIterator<Item = &'a Country>,
        terms: &[Term],
    ) -> Self {
        let mut fields = searchable(document);
        for party in parties {
            let names = searchable(party).into_iter();
            fields.extend(names.map(|(_, text)| (SearchField::Party, text)));
        }
        for host in hosts {
            let names = [&host.name_en, &host.name_zh, &host.name_ja, &host.code];
            fields.extend(names.map(|name| (SearchField::Host, name.as_str())));
        }
        fields.sort_by_key(|(field, _)| *field);
        Self {
            matches: matches(&fields, terms),
            project,
            score,
        }
    }
}

/// The first text in which each term stands, the spelling that was typed before others; texts that say nothing new are left out.
fn matches(fields: &[(SearchField, &str)], terms: &[Term]) -> Vec<Match> {
    let as_typed = |text: &str| terms.iter().any(|term| text.contains(&term.typed));
    let mut fields = fields.to_vec();
    fields.sort_by_key(|(field, text)| (std::cmp::Reverse(field.weight()), !as_typed(text)));
    let mut open: Vec<&Term> = terms.iter().collect();
    let mut matches = Vec::new();
    for (field, text) in fields {
        let words = words(text);
        let before = open.len();
        open.retain(|term| term.places(&words).is_empty());
        if open.len() < before {
            matches.push(Match {
                field,
                snippet: snippet(text, &places(terms, &words)),
            });
        }
    }
    matches
}
