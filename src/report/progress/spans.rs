//! The statuses of one project laid end to end.

use chrono::NaiveDate;

use crate::domain::{Horizon, PartialDate, Standing, Status};
use crate::store::Project;

/// A project's visits to its statuses, in the order of time.
#[derive(Debug)]
pub(super) struct Spans {
    /// Each status with the day on which it began at the latest.
    visits: Vec<(Status, NaiveDate)>,
    pub(super) standing: Standing,
}

impl Spans {
    pub(super) fn of(project: &Project, horizon: Horizon) -> Self {
        let happened = |date: PartialDate| horizon.includes(date);
        let moves = project.events.iter().filter_map(|event| {
            let on_date = event.on_date.filter(|date| happened(*date))?;
            Some((event.status?, on_date.last_day()))
        });
        let mut visits: Vec<(Status, NaiveDate)> = moves.collect();
        visits.sort_by_key(|(_, since)| *since); // stable: of two on one day, the one recorded later is the later one
        visits.dedup_by_key(|(status, _)| *status); // saying it again is not a new visit
        Self {
            visits,
            standing: project.standing(Some(horizon)),
        }
    }

    /// Days spent in `status` up to `day`, all visits together. None when the project has never been there.
    pub(super) fn days_in(&self, status: Status, day: NaiveDate) -> Option<i64> {
        let ends = self
            .visits
            .iter()
            .skip(1)
            .map(|(_, since)| *since)
            .chain([day]);
        let visits = self
            .visits
            .iter()
            .zip(ends)
            .filter(|((of, _), _)| *of == status);
        let days: Vec<i64> = visits
            .map(|((_, since), until)| (until - *since).num_days().max(0))
            .collect();
        (!days.is_empty()).then(|| days.iter().sum())
    }

    /// Whether the record begins after a signing: the steps before it are not known.
    pub(super) fn begins_late(&self) -> bool {
        self.visits
            .first()
            .is_some_and(|(status, _)| !matches!(status, Status::Proposed | Status::Signed))
    }
}
