//! What changed between two points of time, on either clock.

mod effective;
mod recorded;

use chrono::NaiveDate;
use serde::Serialize;

use super::record_change::FieldChange;
use crate::domain::{
    EventKind, Language, Moment, Names, PartialDate, ProjectCode, Role, Standing, Status, Zone,
};
use crate::store::MechanismEvent;

/// Projects by what became of them. A project stands under every heading that fits; null is what this clock cannot tell.
#[derive(Debug, Serialize)]
pub(crate) struct Changes {
    #[serde(flatten)]
    pub(crate) period: Period,
    /// How many different projects are named.
    pub(crate) projects: usize,
    pub(crate) new: Vec<Entered>,
    pub(crate) removed: Option<Vec<ProjectName>>,
    pub(crate) moved: Vec<Moved>,
    pub(crate) partners: Option<Vec<Partners>>,
    /// What was stated before and is stated otherwise, or not at all, now.
    pub(crate) corrected: Option<Vec<Corrected>>,
    /// What was not stated before.
    pub(crate) supplemented: Option<Vec<Corrected>>,
    /// Dated events that brought no new status.
    pub(crate) events: Vec<Happenings>,
    /// On the effective clock: what the registry says otherwise than at the beginning, by the time of recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recorded: Option<Box<Self>>,
}

impl Changes {
    /// Returns the day before the first one of the period, on the effective clock.
    pub(crate) fn day_before(&self) -> Option<NaiveDate> {
        match self.period {
            Period::Effective { from, .. } => from.pred_opt(),
            Period::Recorded { .. } => None,
        }
    }
}

/// From when, to when, and on which clock.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "clock", rename_all = "snake_case")]
pub(crate) enum Period {
    /// By the dates of events, from the first day to the last, both included.
    Effective {
        from: NaiveDate,
        to: NaiveDate,
        #[serde(skip_serializing_if = "Zone::is_utc")]
        zone: Zone,
        #[serde(skip_serializing_if = "Option::is_none")]
        after_meeting: Option<Meeting>,
        known_at: Option<Moment>,
    },
    /// By the journal: the batches after `from_batch` up to `to_batch`.
    Recorded {
        from: Option<Moment>,
        to: Option<Moment>,
        /// Where days were asked for: the first and the last, both included.
        #[serde(skip_serializing_if = "Option::is_none")]
        first_day: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        last_day: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        after_meeting: Option<Meeting>,
        from_batch: i64,
        to_batch: i64,
    },
}

/// The meeting after which a period begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Meeting {
    pub(crate) code: String,
    pub(crate) on_date: PartialDate,
    /// In the reader's language.
    pub(crate) title: String,
    #[serde(skip)]
    pub(crate) is_translated: bool,
}

impl Meeting {
    /// Returns the meeting as a reader of `language` knows it.
    pub(crate) fn new(event: &MechanismEvent, language: Language) -> Self {
        let titles = event.titles();
        Self {
            code: event.facts.code.clone(),
            on_date: event.facts.on_date,
            title: titles.for_reader(language).to_owned(),
            is_translated: titles.is_translated(language),
        }
    }
}

/// A project and how readers know it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ProjectName {
    pub(crate) code: ProjectCode,
    /// In the reader's language.
    pub(crate) title: String,
    #[serde(skip)]
    pub(crate) is_translated: bool,
}

impl ProjectName {
    /// Returns the project as a reader of `language` knows it.
    fn new(code: &ProjectCode, titles: Names<'_>, language: Language) -> Self {
        Self {
            code: code.clone(),
            title: titles.for_reader(language).to_owned(),
            is_translated: titles.is_translated(language),
        }
    }
}

/// A project that came in, and where it stands.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Entered {
    #[serde(flatten)]
    pub(crate) project: ProjectName,
    pub(crate) status: Option<Status>,
    pub(crate) status_on: Option<PartialDate>,
}

/// A project that went from one status to another.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Moved {
    #[serde(flatten)]
    pub(crate) project: ProjectName,
    pub(crate) from: Option<Status>,
    pub(crate) to: Option<Status>,
    pub(crate) status_on: Option<PartialDate>,
    /// The statuses passed on the way, both ends included.
    pub(crate) path: Vec<Status>,
}

/// A project whose partners are others than before; prospective ones do not count.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Partners {
    #[serde(flatten)]
    pub(crate) project: ProjectName,
    pub(crate) gained: Vec<Partner>,
    pub(crate) lost: Vec<Partner>,
}

/// A partner with its parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Partner {
    pub(crate) party: String,
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
}

/// A project and the fields that differ.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Corrected {
    #[serde(flatten)]
    pub(crate) project: ProjectName,
    pub(crate) fields: Vec<FieldChange>,
}

/// A project and what happened to it.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Happenings {
    #[serde(flatten)]
    pub(crate) project: ProjectName,
    pub(crate) events: Vec<Happening>,
}

/// An event that brought no new status.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Happening {
    pub(crate) number: i32,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) kind: EventKind,
    pub(crate) text: Option<String>,
    pub(crate) source: Option<String>,
}

impl Changes {
    fn empty(period: Period) -> Self {
        Self {
            period,
            projects: 0,
            new: Vec::new(),
            removed: None,
            moved: Vec::new(),
            partners: None,
            corrected: None,
            supplemented: None,
            events: Vec::new(),
            recorded: None,
        }
    }
}

impl Entered {
    fn of(project: ProjectName, standing: Standing) -> Self {
        Self {
            project,
            status: standing.status,
            status_on: standing.status_on,
        }
    }
}

#[cfg(test)]
mod tests;
