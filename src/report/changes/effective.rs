//! Changes on the effective clock: what happened, by the dates of the events.

use super::{Changes, Entered, Happening, Happenings, Meeting, Moved, Period, ProjectName};
use crate::domain::{Evidence, Happened, Horizon, Language, Moment, PartialDate, standing};
use crate::store::{Dated, Event};

impl Changes {
    /// What happened to `projects` after the day `from` and by the day `to`; `meeting` is the one that `from` is the day of. Facts without a date (parties, modes, hosts) have no place on this
    /// clock.
    pub(crate) fn effective(
        projects: &[Dated],
        from: Horizon,
        to: Horizon,
        meeting: Option<Meeting>,
        known_at: Option<Moment>,
        language: Language,
    ) -> Self {
        let mut changes = Self::empty(Period::Effective {
            from: from.as_of.succ_opt().unwrap_or(from.as_of),
            to: to.as_of,
            zone: to.zone,
            after_meeting: meeting,
            known_at,
        });
        for project in projects {
            let named = ProjectName::new(&project.code, project.titles(), language);
            if changes.add_dated(project, &named, from, to) {
                changes.projects += 1;
            }
        }
        changes
    }

    /// Puts a project under what happened to it; tells whether anything did.
    fn add_dated(
        &mut self,
        project: &Dated,
        named: &ProjectName,
        from: Horizon,
        to: Horizon,
    ) -> bool {
        let by = |horizon: Horizon| {
            let happened = project.events.iter().filter_map(|event| {
                Some(Happened {
                    on_date: event.on_date.filter(|date| horizon.includes(*date))?,
                    status: event.status,
                    has_source: event.source.is_some(),
                })
            });
            standing(happened)
        };
        let (before, after) = (by(from), by(to));
        let mut within: Vec<&Event> = project.events.iter().collect();
        within.retain(|event| {
            let is_within = |date| to.includes(date) && !from.includes(date);
            event.on_date.is_some_and(is_within)
        });
        // In the order in which they decide on the status; those of one day stay in the order of recording.
        within.sort_by_key(|event| event.on_date.map(PartialDate::last_day));
        let mut path: Vec<_> = before.status.into_iter().collect();
        path.extend(within.iter().filter_map(|event| event.status));
        path.dedup();
        let mut found = true;
        if before.status.is_none() && after.status.is_some() {
            self.new.push(Entered::of(named.clone(), after));
        } else if path.len() > 1 {
            self.moved.push(Moved {
                project: named.clone(),
                from: before.status,
                to: after.status,
                status_on: after.status_on,
                path,
            });
        } else {
            found = false;
        }
        // That nothing is known to have happened, and what happened to others, is not an event of the project.
        within.retain(|event| {
            let is_direct = event.evidence.is_none_or(|kind| kind == Evidence::Direct);
            event.status.is_none() && is_direct
        });
        if !within.is_empty() {
            self.events.push(Happenings {
                project: named.clone(),
                events: within.into_iter().map(Happening::of).collect(),
            });
            found = true;
        }
        found
    }
}

impl Happening {
    pub(super) fn of(event: &Event) -> Self {
        Self {
            number: event.number,
            on_date: event.on_date,
            kind: event.kind,
            text: event.text.clone(),
            source: event.source.clone(),
        }
    }
}
