//! Where the projects stood at the end of each year.

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use crate::domain::{Horizon, Status, Vocabulary as _};
use crate::store::Project;

/// The standings at the ends of years, by what is known now, the earliest first.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Timeline {
    pub(crate) years: Vec<YearEnd>,
    /// Whether earlier years were left out.
    pub(crate) is_cut: bool,
}

/// How many projects stood in each status on a day.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct YearEnd {
    pub(crate) year: i32,
    /// The last day of the year, or the day that is asked about.
    pub(crate) day: NaiveDate,
    /// In the order of the words; projects without a status by that day are not among them.
    pub(crate) by_status: Vec<(Status, usize)>,
}

/// Earlier years are left out.
const YEARS: usize = 20;

impl Timeline {
    /// The years from that of the first status to that of the day that is asked about.
    pub(crate) fn of(projects: &[Project], horizon: Horizon) -> Self {
        let entered =
            |project: &Project| Some(project.standing(Some(horizon)).entered_on?.last_day());
        let Some(first) = projects.iter().filter_map(entered).min() else {
            return Self {
                years: Vec::new(),
                is_cut: false,
            };
        };
        let last = horizon.as_of.year();
        // A year that a source gives without a day can end after the day that is asked about.
        let all: Vec<i32> = (first.year().min(last)..=last).collect();
        let kept = all
            .get(all.len().saturating_sub(YEARS)..)
            .unwrap_or_default();
        let year_end = |year: &i32| YearEnd::of(*year, projects, horizon);
        Self {
            years: kept.iter().filter_map(year_end).collect(),
            is_cut: kept.len() < all.len(),
        }
    }

    /// The statuses in which a project ever stood at the end of a year, in the order of the words.
    pub(crate) fn statuses(&self) -> Vec<Status> {
        let stood = |status: &Status| self.years.iter().any(|year| year.count(*status) > 0);
        Status::ALL.iter().copied().filter(stood).collect()
    }
}

impl YearEnd {
    fn of(year: i32, projects: &[Project], horizon: Horizon) -> Option<Self> {
        let day = NaiveDate::from_ymd_opt(year, 12, 31)?.min(horizon.as_of);
        let then = Horizon {
            as_of: day,
            ..horizon
        };
        let mut counts = vec![0_usize; Status::ALL.len()];
        for status in projects
            .iter()
            .filter_map(|project| project.standing(Some(then)).status)
        {
            let place = Status::ALL.iter().position(|known| *known == status);
            if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
        let by_status = Status::ALL.iter().copied().zip(counts);
        Some(Self {
            year,
            day,
            by_status: by_status.filter(|(_, count)| *count > 0).collect(),
        })
    }

    /// Projects in this status.
    pub(crate) fn count(&self, status: Status) -> usize {
        let found = self.by_status.iter().find(|(of, _)| *of == status);
        found.map_or(0, |(_, count)| *count)
    }

    /// Projects in any status.
    pub(crate) fn total(&self) -> usize {
        self.by_status.iter().map(|(_, count)| count).sum()
    }
}
