//! A number of projects, and how many of them are implemented.

use std::collections::BTreeSet;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::{ProjectCode, Status, Vocabulary as _};
use crate::store::{Line, NOT_STATED};

use super::commitments::Commitments;

/// Every figure with the codes behind it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Count {
    pub(crate) projects: usize,
    pub(crate) identified: usize,
    pub(crate) implemented: usize,
    /// In the order of the words, "not stated" last.
    pub(crate) by_status: Vec<(Option<Status>, usize)>,
    pub(crate) codes: Vec<ProjectCode>,
    pub(crate) implemented_codes: BTreeSet<ProjectCode>,
    /// In money, where that is asked for.
    pub(crate) commitments: Option<Commitments>,
    has_rate: bool,
}

impl Count {
    /// Counts `lines`, each once.
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut count = Self {
            has_rate: true,
            ..Self::default()
        };
        let mut statuses = vec![0; Status::ALL.len() + 1];
        for line in lines {
            let status = line.standing.status;
            count.projects += 1;
            count.identified += usize::from(line.facts.identified);
            count.codes.push(line.facts.code.clone());
            if status.is_some_and(Status::is_implemented) {
                count.implemented_codes.insert(line.facts.code.clone());
            }
            let place = Status::ALL
                .iter()
                .position(|known| Some(*known) == status)
                .unwrap_or(Status::ALL.len());
            if let Some(number) = statuses.get_mut(place) {
                *number += 1;
            }
        }
        count.implemented = count.implemented_codes.len();
        let words = Status::ALL.iter().copied().map(Some).chain([None]);
        count.by_status = words
            .zip(statuses)
            .filter(|(_, number)| *number > 0)
            .collect();
        count
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
