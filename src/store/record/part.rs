//! The numbered parts of a project, treated alike.

use serde::Serialize;

use super::{Amount, Event, Participation, Project, Risk};

/// A part of a project. Its number stays when others are removed.
pub(crate) trait Part: Clone + Serialize {
    /// What one is called.
    const WHAT: &'static str;

    fn number(&self) -> i32;

    /// The parts of this sort that a project has.
    fn of(project: &Project) -> &[Self];

    fn of_mut(project: &mut Project) -> &mut Vec<Self>;
}

macro_rules! parts {
    ($($part:ident $what:literal in $list:ident),+ $(,)?) => {$(
        impl Part for $part {
            const WHAT: &'static str = $what;

            fn number(&self) -> i32 {
                self.number
            }

            fn of(project: &Project) -> &[Self] {
                &project.$list
            }

            fn of_mut(project: &mut Project) -> &mut Vec<Self> {
                &mut project.$list
            }
        }
    )+};
}

parts! {
    Participation "participation" in participations,
    Event "event" in events,
    Amount "amount" in amounts,
    Risk "risk" in risks,
}

impl Project {
    /// The number that the next part of a sort gets.
    pub(crate) fn next<P: Part>(&self) -> i32 {
        let highest = P::of(self).iter().map(P::number).max();
        highest.unwrap_or(0).saturating_add(1)
    }
}
