//! A number of projects, and how many of them are implemented.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::{ProjectCode, Status, Vocabulary as _};
use crate::store::{Line, NOT_STATED};

use super::commitments::Commitments;

/// Every figure, with the codes behind it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Count {
    pub(crate) projects: usize,
    pub(crate) identified: usize,
    pub(crate) implemented: usize,
    /// In the order of the words, "not stated" last.
    pub(crate) by_status: Vec<(Option<Status>, usize)>,
    /// In their order. Fewer than `projects` where not all are listed.
    pub(crate) codes: Vec<ProjectCode>,
    /// In money, where that is asked for.
    pub(crate) commitments: Option<Commitments>,
    has_rate: bool,
}

impl Count {
    /// Counts `lines`, each once.
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut count = Self::nothing();
        lines.into_iter().for_each(|line| count.add(line));
        count
    }

    /// Nothing, of which something may become.
    pub(super) fn nothing() -> Self {
        Self {
            has_rate: true,
            ..Self::default()
        }
    }

    /// Counts one project more.
    pub(super) fn add(&mut self, line: &Line) {
        let status = line.standing.status;
        self.add_alike(1, line.facts.identified, status);
        self.codes.push(line.facts.code.clone());
    }

    /// Counts projects that stand alike, without their codes.
    pub(super) fn add_alike(&mut self, projects: usize, identified: bool, status: Option<Status>) {
        self.projects += projects;
        if identified {
            self.identified += projects;
        }
        self.add_status(status, projects);
    }

    fn add_status(&mut self, status: Option<Status>, projects: usize) {
        if status.is_some_and(Status::is_implemented) {
            self.implemented += projects;
        }
        // The words stand in their order; "not stated" is more than any.
        let place = |status: Option<Status>| (status.is_none(), status);
        let search = |(known, _): &(Option<Status>, usize)| place(*known).cmp(&place(status));
        match self.by_status.binary_search_by(search) {
            Ok(at) => self
                .by_status
                .get_mut(at)
                .map_or((), |(_, count)| *count += projects),
            Err(at) => self.by_status.insert(at, (status, projects)),
        }
    }

    /// Counts what `other` counts, which this does not have yet.
    pub(super) fn merge(&mut self, other: &Self) {
        self.projects += other.projects;
        self.identified += other.identified;
        for (status, projects) in &other.by_status {
            self.add_status(*status, *projects);
        }
        self.codes.extend_from_slice(&other.codes);
    }

    /// The same count with its codes in their order.
    pub(super) fn in_order(mut self) -> Self {
        self.codes.sort_unstable_by(|left, right| {
            (left.as_str().len(), left).cmp(&(right.as_str().len(), right))
        });
        self
    }

    /// How many projects are counted whose codes are not listed.
    pub(crate) fn codes_left_out(&self) -> usize {
        self.projects.saturating_sub(self.codes.len())
    }

    /// The same count of something for which one rate would mislead.
    pub(super) fn without_rate(self) -> Self {
        Self {
            has_rate: false,
            ..self
        }
    }

    /// Implemented projects by projects, from 0 to 1, in four decimals. None where there is no project or no meaning.
    pub(crate) fn implementation_rate(&self) -> Option<f64> {
        let rate = |of: f64, all: f64| (of / all * 10_000.0).round() / 10_000.0;
        let exact = |number: usize| u32::try_from(number).ok().map(f64::from);
        (self.has_rate && self.projects > 0)
            .then(|| Some(rate(exact(self.implemented)?, exact(self.projects)?)))?
    }

    /// The fields of the count within a larger object.
    pub(super) fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("projects", &self.projects)?;
        map.serialize_entry("identified", &self.identified)?;
        map.serialize_entry("implemented", &self.implemented)?;
        if self.has_rate {
            map.serialize_entry("implementation_rate", &self.implementation_rate())?;
        }
        if let Some(commitments) = &self.commitments {
            map.serialize_entry("commitments", commitments)?;
        }
        map.serialize_entry("by_status", &ByStatus(&self.by_status))
    }
}

struct ByStatus<'a>(&'a [(Option<Status>, usize)]);

impl Serialize for ByStatus<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .iter()
                .map(|(status, number)| (status.map_or(NOT_STATED, Status::word), number)),
        )
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}
