//! How a milestone stands on a day: due, met, or slipped by so many days.

use chrono::NaiveDate;

use super::{Milestone, PartialDate};

/// Where a milestone stands, and by how many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MilestoneStanding {
    pub(crate) state: Milestone,
    /// Days until it is due, days that it is overdue, or days that it was met late. None where it was met in time, or never
    /// had a date to be met by.
    pub(crate) days: Option<i64>,
}

/// How a milestone that is due on `due` and was met on `met` stands on the day `as_of`. Where a date is a month or a year, the
/// days are those that it was late at least: from the last day that it can have been due to the first that it can have been met.
pub(crate) fn milestone_standing(
    due: Option<PartialDate>,
    met: Option<PartialDate>,
    as_of: NaiveDate,
) -> MilestoneStanding {
    let late = |day: NaiveDate| due.map(|due| (day - due.last_day()).num_days());
    let (state, days) = match (met, late(met.map_or(as_of, PartialDate::first_day))) {
        (Some(_), Some(days)) if days > 0 => (Milestone::Slipped, Some(days)),
        (Some(_), _) => (Milestone::Met, None),
        (None, Some(days)) if days > 0 => (Milestone::Overdue, Some(days)),
        (None, days) => (Milestone::Due, days.map(|days| -days)),
    };
    MilestoneStanding { state, days }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_milestone_is_due_met_or_slipped() {
        let standing = |due: &str, met: &str| {
            let date = |text: &str| text.parse::<PartialDate>().ok();
            let as_of = "2026-11-23".parse().expect("a day");
            let standing = milestone_standing(date(due), date(met), as_of);
            (standing.state, standing.days)
        };
        assert_eq!(standing("2026-12-01", ""), (Milestone::Due, Some(8)));
        assert_eq!(standing("2026-11-23", ""), (Milestone::Due, Some(0)));
        assert_eq!(standing("2026", ""), (Milestone::Due, Some(38)));
        assert_eq!(standing("2026-11-22", ""), (Milestone::Overdue, Some(1)));
        assert_eq!(standing("2026-06", "2026-06-30"), (Milestone::Met, None));
        assert_eq!(
            standing("2026-06", "2026-07-12"),
            (Milestone::Slipped, Some(12))
        );
        assert_eq!(standing("2026-06-15", "2026-06"), (Milestone::Met, None));
        assert_eq!(
            standing("2026-06-15", "2026-07"),
            (Milestone::Slipped, Some(16))
        );
        assert_eq!(standing("", "2026-07-12"), (Milestone::Met, None));
    }
}
