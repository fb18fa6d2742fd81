//! What the registry says of a project once a file's statements are taken in.
//!
//! What a file does not say stays. A value that differs is replaced; lists are added to and nothing is taken from them; events
//! are history: a new one is added, none is edited. A status that stands already is no event, and one that goes back behind
//! another waits for a reviewer.

use serde::Serialize;

use super::Proposed;
use crate::domain::{AmountKind, EventKind, Oddity, PartialDate, Step, oddities, rung};
use crate::report::{FieldChange, Flaw, OnlyThere, Said, StepBack, field_changes};
use crate::store::{Amount, Document, Event, Part, Participation, Project, ProjectFacts, Risk};

/// The project as it would be.
pub(crate) struct Merged {
    pub(crate) project: Project,
    /// Statuses that go back; they are in the project only when they were accepted.
    pub(crate) backward: Vec<StepBack>,
    /// What the registry says and the file does not, in the lists that the file speaks of.
    pub(crate) only_in_registry: Vec<OnlyThere>,
    /// Statements that could not be taken in, in words.
    pub(crate) left_out: Vec<(&'static str, Said)>,
}

/// Takes `proposed` into `known`, or into a project of which only `facts` are known.
pub(crate) fn merge(
    proposed: &Proposed,
    known: Result<&Project, ProjectFacts>,
    accept_backward: bool,
) -> Merged {
    let (mut project, is_new) = match known {
        Ok(known) => (known.clone(), false),
        Err(facts) => (Project::new(facts), true),
    };
    let mut merged = Merging {
        proposed,
        accept_backward,
        backward: Vec::new(),
        only_in_registry: Vec::new(),
        left_out: Vec::new(),
    };
    merged.facts(&mut project, is_new);
    merged.lists(&mut project);
    merged.participations(&mut project);
    merged.events(&mut project, is_new);
    merged.amounts(&mut project);
    merged.risks(&mut project);
    Merged {
        project,
        backward: merged.backward,
        only_in_registry: if is_new {
            Vec::new()
        } else {
            merged.only_in_registry
        },
        left_out: merged.left_out,
    }
}

impl Merged {
    /// What differs from the project before, field by field.
    pub(crate) fn changes(&self, before: Option<&Project>) -> Vec<FieldChange> {
        let document = |project: &Project| Document::from(project.clone());
        field_changes(
            before.map(document).as_ref(),
            Some(&document(&self.project)),
        )
    }
}

/// The events of a row as they follow on each other. What happened on one day happened in the order of the course: a work that
/// was begun and finished that day did not go back. Our own sheet numbers its events, and says the order itself.
fn in_order(said: &[Event]) -> Vec<&Event> {
    let mut events: Vec<&Event> = said.iter().collect();
    if said.iter().all(|event| event.number == 0) {
        let step = |event: &Event| event.status.and_then(rung).unwrap_or(u8::MAX);
        events.sort_by_key(|event| (event.on_date.map(PartialDate::last_day), step(event)));
    }
    events
}

struct Merging<'a> {
    proposed: &'a Proposed,
    accept_backward: bool,
    backward: Vec<StepBack>,
    only_in_registry: Vec<OnlyThere>,
    left_out: Vec<(&'static str, Said)>,
}

impl Merging<'_> {
    fn facts(&mut self, project: &mut Project, is_new: bool) {
        let said = self.proposed;
        let facts = &mut project.facts;
        if !facts.identified && said.titles().next().is_some() {
            // What stood in the place of a title says only that none was known.
            facts.identified = true;
            facts.title_en = None;
            facts.title_zh = None;
            facts.title_ja = None;
            facts.title_original = None;
        }
        if said.mode.is_some() && said.mode != facts.mode {
            facts.mode_basis = None; // which was that of the other mode
        }
        macro_rules! put {
            ($($field:ident),+) => {$(
                if said.$field.is_some() {
                    facts.$field.clone_from(&said.$field);
                }
            )+};
        }
        put!(
            list_number,
            umbrella,
            instrument,
            title_en,
            title_zh,
            title_ja,
            title_original,
            mode,
            mode_basis,
            sector,
            host_note,
            membership,
            confidence,
            note
        );
        if let Some(identified) = said.identified {
            facts.identified = identified;
        }
        if is_new {
            facts.forum.clone_from(&said.forum);
        } else if said.forum.is_some() && said.forum != facts.forum {
            let said = Flaw::ForumStays.with("code", &facts.code);
            self.left_out.push(("forum", said));
        }
    }

    fn lists(&mut self, project: &mut Project) {
        macro_rules! join {
            ($($list:ident),+) => {$(
                if !self.proposed.$list.is_empty() {
                    let missing = project.$list.iter().filter(|item| !self.proposed.$list.contains(item));
                    let only = missing.map(|item| OnlyThere::new(stringify!($list), item));
                    self.only_in_registry.extend(only);
                }
                for item in &self.proposed.$list {
                    if !project.$list.contains(item) {
                        project.$list.push(item.clone());
                    }
                }
            )+};
        }
        join!(hosts, objectives, identifiers, citations);
    }

    fn participations(&mut self, project: &mut Project) {
        let said = &self.proposed.participations;
        let same = |one: &Participation, other: &Participation| {
            one.party == other.party && one.role == other.role
        };
        self.only_in_the("participations", project, said, same);
        for part in said {
            match project
                .participations
                .iter_mut()
                .find(|known| same(known, part))
            {
                Some(known) => {
                    known.share_percent = part.share_percent.or(known.share_percent);
                    known.note = part.note.clone().or(known.note.take());
                }
                None => added(project, part.clone(), |part, number| part.number = number),
            }
        }
    }

    fn events(&mut self, project: &mut Project, is_new: bool) {
        let said = &self.proposed.events;
        let same = |one: &Event, other: &Event| {
            one.kind == other.kind
                && one.status == other.status
                && one.on_date == other.on_date
                && one.due_on == other.due_on
                && (one.kind == EventKind::Status || one.text == other.text)
        };
        // A row that says where the project stands does not mean to tell its whole history; a sheet of ours does.
        if said.iter().any(|event| event.number > 0) {
            self.only_in_the("events", project, said, same);
        }
        let has_status = project.standing(None).status.is_some();
        for event in in_order(said) {
            if project.events.iter().any(|known| same(known, event)) {
                continue;
            }
            // Our own sheet tells a whole history, which is taken or refused as it stands.
            if event.kind == EventKind::Status && (!is_new || event.number == 0) {
                self.status(project, event);
            } else {
                added(project, event.clone(), |event, number| {
                    event.number = number;
                });
            }
        }
        if let Some(status) = self.proposed.undated_status
            && project.standing(None).status != Some(status)
        {
            let flaw = if has_status {
                Flaw::OtherStatusWithoutDate
            } else {
                Flaw::StatusWithoutDate
            };
            self.left_out.push(("status", flaw.with("status", status)));
        }
    }

    /// A status that may be new: it is judged at its place in the course of the project.
    fn status(&mut self, project: &mut Project, event: &Event) {
        let mut with = project.clone();
        added(&mut with, event.clone(), |event, number| {
            event.number = number;
        });
        let before = course(project);
        let new = course(&with)
            .into_iter()
            .find(|oddity| !before.contains(oddity));
        match new {
            None => *project = with,
            Some(Oddity::Twice { earlier, later }) => {
                let number = with.next::<Event>() - 1;
                let known = if earlier.number == number {
                    later
                } else {
                    earlier
                };
                let (Some(said), status) = (event.on_date, known.status) else {
                    return;
                };
                if said != known.on_date {
                    let stands = Flaw::StatusStands.with("status", status).with("date", said);
                    let stands = stands.with("number", known.number);
                    self.left_out
                        .push(("status", stands.with("known", known.on_date)));
                }
            }
            // Who committed on a day has signed on that day: the registry says more, not something else.
            Some(Oddity::Back { earlier, later })
                if earlier.on_date == later.on_date
                    && Some(later.status) == event.status
                    && rung(later.status).is_some()
                    && rung(earlier.status).is_some() =>
            {
                let said = Flaw::StatusCovered.with("status", later.status);
                let said = said.with("date", later.on_date);
                self.left_out
                    .push(("status", said.with("covering", earlier.status)));
            }
            Some(Oddity::Back { earlier, later }) => {
                self.backward.push(StepBack {
                    status: later.status,
                    on_date: later.on_date,
                    behind: earlier.status,
                    behind_on: earlier.on_date,
                });
                if self.accept_backward {
                    *project = with;
                }
            }
        }
    }

    fn amounts(&mut self, project: &mut Project) {
        let said = &self.proposed.amounts;
        let same = |known: &Amount, said: &Amount| {
            let date = known.on_date.zip(said.on_date);
            // A foreign file that does not say what kind of amount it is means one that stands already.
            let is_vague = said.kind == AmountKind::Other && said.number == 0;
            let is_of_kind = is_vague || known.kind == said.kind;
            (known.basis, &known.currency, known.minor_units)
                == (said.basis, &said.currency, said.minor_units)
                && is_of_kind
                && date.is_none_or(|(known, said)| known == said)
        };
        self.only_in_the("amounts", project, said, same);
        for amount in said {
            if !project.amounts.iter().any(|known| same(known, amount)) {
                added(project, amount.clone(), |amount, number| {
                    amount.number = number;
                });
            }
        }
    }

    fn risks(&mut self, project: &mut Project) {
        let said = &self.proposed.risks;
        let same = |one: &Risk, other: &Risk| {
            one.category == other.category && one.text == other.text && one.on_date == other.on_date
        };
        self.only_in_the("risks", project, said, same);
        for risk in said {
            if !project.risks.iter().any(|known| same(known, risk)) {
                added(project, risk.clone(), |risk, number| risk.number = number);
            }
        }
    }

    /// Notes the parts that the file does not name, where it names others.
    fn only_in_the<P: Part + Serialize>(
        &mut self,
        list: &str,
        project: &Project,
        said: &[P],
        same: impl Fn(&P, &P) -> bool,
    ) {
        if said.is_empty() {
            return;
        }
        let missing = P::of(project)
            .iter()
            .filter(|known| !said.iter().any(|part| same(known, part)));
        let only = missing.map(|part| OnlyThere::new(list, part));
        self.only_in_registry.extend(only);
    }
}

/// Adds a part, with the number that it states where that is free, else with the next.
fn added<P: Part>(project: &mut Project, mut part: P, number: impl Fn(&mut P, i32)) {
    let taken = P::of(project)
        .iter()
        .any(|known| known.number() == part.number());
    if part.number() < 1 || taken {
        number(&mut part, project.next::<P>());
    }
    P::of_mut(project).push(part);
}

fn course(project: &Project) -> Vec<Oddity> {
    let steps = project.events.iter().filter_map(|event| {
        Some(Step {
            number: event.number,
            on_date: event.on_date?,
            status: event.status?,
        })
    });
    oddities(steps)
}

#[cfg(test)]
mod tests;
