//! Projects that do not move, or of which nothing is heard: the stalled and the silent of a progress report in one list.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Language, PartialDate, ProjectCode, Status};
use crate::report::{Named, ProgressGroup};

/// A project that is stalled, silent or both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Standstill {
    pub(crate) code: ProjectCode,
    /// For a reader of the chosen language.
    pub(crate) title: String,
    /// Whether the title is a translation.
    pub(crate) is_translated: bool,
    pub(crate) identified: bool,
    pub(crate) status: Option<Status>,
    /// When stalled: since when it has not moved.
    pub(crate) stalled_since: Option<PartialDate>,
    pub(crate) stalled_days: Option<i64>,
    pub(crate) is_silent: bool,
    /// When silent: the latest evidence; none when there never was any.
    pub(crate) evidence_on: Option<PartialDate>,
    pub(crate) silent_days: Option<i64>,
}

impl Standstill {
    /// The stalled and the silent of a group, each once: those without any evidence first, then the longest first.
    pub(crate) fn of(progress: &ProgressGroup, language: Language) -> Vec<Self> {
        let mut found = BTreeMap::<&ProjectCode, Self>::new();
        let new = |named: &Named| {
            let titles = named.titles();
            Self {
                code: named.code.clone(),
                title: titles.for_reader(language).to_owned(),
                is_translated: titles.is_translated(language),
                identified: named.identified,
                status: named.status,
                stalled_since: None,
                stalled_days: None,
                is_silent: false,
                evidence_on: None,
                silent_days: None,
            }
        };
        for named in &progress.stalled {
            let one = found.entry(&named.code).or_insert_with(|| new(named));
            one.stalled_since = named.since;
            one.stalled_days = named.days;
        }
        for named in &progress.silent {
            let one = found.entry(&named.code).or_insert_with(|| new(named));
            one.is_silent = true;
            one.evidence_on = named.since;
            one.silent_days = named.days;
        }
        let mut list: Vec<Self> = found.into_values().collect();
        list.sort_by_key(|one| {
            let never_heard_of = one.is_silent && one.silent_days.is_none();
            (
                !never_heard_of,
                Reverse(one.silent_days.max(one.stalled_days)),
                one.code.clone(),
            )
        });
        list
    }
}
