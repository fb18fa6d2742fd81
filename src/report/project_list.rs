//! Projects in a list.

use serde::{Serialize, Serializer};

use crate::domain::*;
use crate::store::{Line, LineParty};

/// The chosen projects in the order of their codes. JSON is the array of the entries.
#[derive(Debug)]
pub(crate) struct ProjectList {
    pub(crate) horizon: Horizon,
    pub(crate) known_at: Option<Moment>,
    pub(crate) projects: Vec<ProjectEntry>,
    /// Whether there are more than these.
    pub(crate) more: bool,
}

/// One project of the list.
#[derive(Debug, Serialize)]
pub(crate) struct ProjectEntry {
    pub(crate) code: ProjectCode,
    pub(crate) list_number: Option<i64>,
    /// For a reader of the chosen language.
    pub(crate) title: String,
    /// Whether this title is a translation.
    #[serde(skip)]
    pub(crate) is_translated: bool,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title_zh_basis: Option<TextBasis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title_ja_basis: Option<TextBasis>,
    pub(crate) instrument: Option<Instrument>,
    pub(crate) mode: Option<Mode>,
    pub(crate) sector: Option<Sector>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) status: Option<Status>,
    pub(crate) status_on: Option<PartialDate>,
    pub(crate) evidence_on: Option<PartialDate>,
    pub(crate) hosts: Vec<CountryCode>,
    pub(crate) parties: Vec<LineParty>,
    pub(crate) forum: Option<String>,
    pub(crate) identified: bool,
    pub(crate) umbrella: Option<bool>,
    pub(crate) desk: Option<Desk>,
}

impl ProjectList {
    pub(crate) fn of(
        lines: Vec<Line>,
        horizon: Horizon,
        known_at: Option<Moment>,
        language: Language,
    ) -> Self {
        let entry = |line: Line| {
            let titles = line.wording.titles();
            let is_translated = titles.is_translated(language);
            let title = titles.for_reader(language).to_owned();
            let Line {
                facts,
                hosts,
                objectives,
                parties,
                standing,
                wording,
            } = line;
            ProjectEntry {
                code: facts.code,
                list_number: wording.list_number,
                title,
                is_translated,
                title_en: wording.title_en,
                title_zh: wording.title_zh,
                title_ja: wording.title_ja,
                title_original: wording.title_original,
                title_zh_basis: wording.title_zh_basis,
                title_ja_basis: wording.title_ja_basis,
                instrument: wording.instrument,
                mode: facts.mode,
                sector: facts.sector,
                objectives,
                status: standing.status,
                status_on: standing.status_on,
                evidence_on: standing.evidence_on,
                hosts,
                parties,
                forum: facts.forum,
                identified: facts.identified,
                umbrella: wording.umbrella,
                desk: wording.desk,
            }
        };
        Self {
            horizon,
            known_at,
            projects: lines.into_iter().map(entry).collect(),
            more: false,
        }
    }

    /// The first of them, where only so many are wanted.
    pub(crate) fn cut(mut self, limit: Option<usize>) -> Self {
        let limit = limit.unwrap_or(usize::MAX);
        self.more = self.projects.len() > limit;
        self.projects.truncate(limit);
        self
    }
}

impl Serialize for ProjectList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.projects.serialize(serializer)
    }
}
