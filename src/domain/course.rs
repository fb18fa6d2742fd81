//! The course of a project: which moves from status to status go forward, and which need to be said out loud.
//!
//! Proposed, signed, committed, implementing and completed are a ladder; steps may be left out, since sources do.
//! Suspended and cancelled stand beside it. A move *goes back* when
//!
//! - it leads to a lower step than the one that was last reached, whatever stood in between: after implementing and
//!   suspended, implementing again is a resumption, and signed goes back;
//! - it leads out of cancelled, which is an end;
//! - it leads from completed to suspended or cancelled: what is delivered can be neither halted nor given up, unless the
//!   project was opened again.
//!
//! Events are judged in the order of their dates, not of their recording: what is recorded late is judged at its place.

use super::{PartialDate, Status};

/// One status event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// Number of the event.
    pub(crate) number: i32,
    pub(crate) on_date: PartialDate,
    pub(crate) status: Status,
}

/// What is odd about two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// The later one says what the earlier one said already.
    Twice { earlier: Step, later: Step },
    /// The later one goes back behind the earlier one.
    Back { earlier: Step, later: Step },
}

/// Everything odd about a course. Steps come in the order in which they were recorded.
pub(crate) fn oddities(steps: impl IntoIterator<Item = Step>) -> Vec<Oddity> {
    let mut steps: Vec<Step> = steps.into_iter().collect();
    steps.sort_by_key(|step| step.on_date.last_day());
    let mut odd = Vec::new();
    let mut last: Option<Step> = None;
    let mut reached: Option<Step> = None;
    for step in steps {
        if let Some(earlier) = last.filter(|last| last.status == step.status) {
            odd.push(Oddity::Twice {
                earlier,
                later: step,
            });
        } else if let Some(earlier) = behind(last, reached, step.status) {
            odd.push(Oddity::Back {
                earlier,
                later: step,
            });
        }
        if step.status.rank().is_some() {
            reached = Some(step);
        }
        last = Some(step);
    }
    odd
}

/// The step that a move to `to` goes back behind.
fn behind(last: Option<Step>, reached: Option<Step>, to: Status) -> Option<Step> {
    let last = last?;
    match (last.status, to) {
        (Status::Cancelled, _) | (Status::Completed, Status::Suspended | Status::Cancelled) => {
            Some(last)
        }
        _ => reached.filter(|reached| to.rank().is_some_and(|to| Some(to) < reached.status.rank())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Vocabulary as _;

    /// `2018 signed, 2019 implementing` as steps, numbered from 1.
    fn course(text: &str) -> Vec<Step> {
        let step = |(number, part): (i32, &str)| {
            let (date, status) = part.split_once(' ').expect(part);
            Step {
                number,
                on_date: date.parse().expect(date),
                status: status.parse().expect(status),
            }
        };
        (1..).zip(text.split(", ")).map(step).collect()
    }

    /// The oddities as `2 back behind 1` and `2 like 1`.
    fn told(text: &str) -> Vec<String> {
        oddities(course(text))
            .into_iter()
            .map(|oddity| match oddity {
                Oddity::Twice { earlier, later } => {
                    format!("{} like {}", later.number, earlier.number)
                }
                Oddity::Back { earlier, later } => {
                    format!("{} back behind {}", later.number, earlier.number)
                }
            })
            .collect()
    }

    #[test]
    fn forward_moves_may_leave_steps_out() {
        assert!(
            told("2015 proposed, 2016 signed, 2017 committed, 2018 implementing, 2019 completed")
                .is_empty()
        );
        assert!(told("2015 proposed, 2019 completed").is_empty());
        assert!(told("2015 signed, 2016 cancelled").is_empty());
    }

    #[test]
    fn a_resumption_is_no_step_back() {
        assert!(told("2018 implementing, 2019 suspended, 2020 implementing").is_empty());
        assert!(told("2018 implementing, 2019 suspended, 2020 completed").is_empty());
        assert!(told("2018 implementing, 2019 suspended, 2020 cancelled").is_empty());
        assert_eq!(
            told("2018 implementing, 2019 suspended, 2020 signed"),
            ["3 back behind 1"]
        );
    }

    #[test]
    fn ends_are_reopened_out_loud() {
        assert_eq!(
            told("2018 completed, 2019 implementing"),
            ["2 back behind 1"]
        );
        assert_eq!(told("2018 completed, 2019 suspended"), ["2 back behind 1"]);
        assert_eq!(told("2018 completed, 2019 cancelled"), ["2 back behind 1"]);
        assert_eq!(told("2018 cancelled, 2019 suspended"), ["2 back behind 1"]);
        assert_eq!(
            told("2017 signed, 2018 cancelled, 2019 implementing"),
            ["3 back behind 2"]
        );
        assert_eq!(
            told("2018 completed, 2019 suspended, 2020 cancelled"),
            ["2 back behind 1"]
        );
    }

    #[test]
    fn after_a_reopening_the_ladder_starts_where_it_leads() {
        assert_eq!(
            told("2018 completed, 2019 signed, 2020 committed"),
            ["2 back behind 1"]
        );
    }

    #[test]
    fn a_status_that_stands_already_is_said_twice() {
        assert_eq!(told("2018 signed, 2019 signed"), ["2 like 1"]);
        assert_eq!(told("2019 signed, 2018 signed"), ["1 like 2"]);
    }

    #[test]
    fn what_is_recorded_late_is_judged_at_its_place() {
        assert!(told("2018 signed, 2020 completed, 2019 implementing").is_empty());
        assert_eq!(told("2018 signed, 2017 completed"), ["1 back behind 2"]);
        assert!(told("2017-05-24 committed, 2017-05 implementing").is_empty());
    }

    proptest! {
        #[test]
        fn a_course_up_the_ladder_has_no_oddities(steps in prop::collection::btree_set(0_usize..5, 0..5)) {
            let course = steps.iter().zip(2010..).filter_map(|(place, year)| {
                let status = *Status::ALL.get(*place)?;
                Some(Step { number: year, on_date: year.to_string().parse().ok()?, status })
            });
            prop_assert!(oddities(course).is_empty());
        }
    }
}
