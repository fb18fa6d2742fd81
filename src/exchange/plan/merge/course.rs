//! Events that a file states, judged at their places in the course of the project.

use chrono::NaiveDate;

use super::parts::{Rules, put};
use super::{LeftOut, Merged, Merging, Proposed};
use crate::domain::{EventKind, Oddity, PartialDate, Status, Step, oddities};
use crate::exchange::Effect;
use crate::language::{Labels, is_label, read_word};
use crate::report::{Flaw, StepBack};
use crate::store::{Event, Project};

impl Merging<'_> {
    pub(super) fn events(&mut self, project: &mut Project) {
        let said = in_order(&self.proposed.events);
        let list = self.proposed.list.as_ref();
        let dated = list.and_then(|list| list.dated);
        let is_of_edition = |said: &Event| said.on_date.is_some() && said.on_date == dated;
        let days = status_days(project);
        let same = |known: &Event, said: &Event| {
            (known.kind, known.status, known.on_date, known.due_on)
                == (said.kind, said.status, said.on_date, said.due_on)
                && (known.kind == EventKind::Status || known.text == said.text)
        };
        // The date of the list says how things stood then: what it said of another day was so.
        let same_move = |known: &Event, said: &Event| {
            let is_text = known.kind == EventKind::Status || known.text == said.text;
            (known.kind, known.status) == (said.kind, said.status)
                && is_text
                && !is_of_edition(said)
                && is_next(&days, known.on_date, said.on_date)
        };
        let same_day = |known: &Event, said: &Event| {
            (known.kind, known.on_date, known.due_on) == (said.kind, said.on_date, said.due_on)
        };
        let rules = Rules {
            list: "events",
            same: &same,
            corrects: &[(&same_move, false), (&same_day, false)],
        };
        self.parts(&said, project, &rules);
        self.undated_status(project);
    }

    fn undated_status(&mut self, project: &Project) {
        let known = project.standing(None).status;
        if let Some(status) = self.proposed.undated_status
            && known != Some(status)
            && !is_noted(project, status)
        {
            let flaw = match known {
                Some(_) => Flaw::OtherStatusWithoutDate,
                None => Flaw::StatusWithoutDate,
            };
            // A mapping can say the date of its list; for a sheet, somebody has to know it.
            let effect = match self.proposed.list {
                Some(_) => Effect::DropValue,
                None => Effect::Ask,
            };
            self.left_out.push(LeftOut {
                field: "status",
                said: flaw.with("status", status),
                effect,
            });
        }
    }

    /// Takes in a status that may be new, or that corrects `known`. Returns its number, or none where it is not taken in.
    pub(super) fn status(
        &mut self,
        project: &mut Project,
        event: Event,
        known: Option<&Event>,
    ) -> Option<i32> {
        let (said, status) = (event.on_date, event.status);
        let mut with = project.clone();
        let number = put(event, known, &mut with);
        let before = course(project);
        let mut after = course(&with).into_iter();
        let new = after.find(|oddity| !before.contains(oddity));
        match (
            new,
            known.and_then(|known| steps_back(known, status?, said?)),
        ) {
            (_, Some(back)) => return self.back(back, project, with, number),
            (None, None) => {
                *project = with;
                return Some(number);
            }
            (Some(Oddity::Twice { earlier, later }), None) => {
                let known = if earlier.number == number {
                    later
                } else {
                    earlier
                };
                self.stands(said?, known);
            }
            // Who committed on a day has signed on that day: the registry says more, not something else.
            (Some(Oddity::Back { earlier, later }), None)
                if earlier.on_date == later.on_date
                    && Some(later.status) == status
                    && later.status.rank().is_some()
                    && earlier.status.rank().is_some() =>
            {
                let said = Flaw::StatusCovered.with("status", later.status);
                let said = said.with("date", later.on_date);
                let said = said.with("covering", earlier.status);
                self.left_out.push(LeftOut::value("status", said));
            }
            (Some(Oddity::Back { earlier, later }), None) => {
                let back = StepBack {
                    status: later.status,
                    on_date: later.on_date,
                    behind: earlier.status,
                    behind_on: earlier.on_date,
                };
                return self.back(back, project, with, number);
            }
        }
        None
    }

    /// Notes a step back, which is taken only when somebody accepted it.
    fn back(
        &mut self,
        back: StepBack,
        project: &mut Project,
        with: Project,
        number: i32,
    ) -> Option<i32> {
        self.backward.push(back);
        self.accept_backward.then(|| {
            *project = with;
            number
        })
    }

    /// Notes that the status stands since another day. That a list says so again on its own date is nothing to speak of.
    fn stands(&mut self, said: PartialDate, known: Step) {
        let list = self.proposed.list.as_ref();
        let is_of_edition = list.is_some_and(|list| list.dated == Some(said));
        if said != known.on_date && !is_of_edition {
            let stands = Flaw::StatusStands.with("status", known.status);
            let stands = stands.with("date", said).with("number", known.number);
            let stands = stands.with("known", known.on_date);
            self.left_out.push(LeftOut::value("status", stands));
        }
    }
}

impl Merged {
    /// The project once somebody accepted what is asked: a status without a date is kept as a note of the day of the list, and not
    /// asked about again. Without such a day, the note is of today and names no source, for it is no evidence of today.
    /// The note is in the language of `labels`.
    pub(crate) fn accepted(
        self,
        proposed: &Proposed,
        today: NaiveDate,
        labels: &Labels,
    ) -> Project {
        let mut project = self.project;
        let mut asked = self.left_out.iter();
        let asked = asked.any(|one| one.field == "status" && one.effect == Effect::Ask);
        if let Some(status) = proposed.undated_status.filter(|_| asked) {
            let dated = proposed.list.as_ref().and_then(|list| list.dated);
            let source = match proposed.citations.as_slice() {
                [one] if dated.is_some() => Some(one.clone()),
                _ => None,
            };
            project.events.push(Event {
                number: project.next::<Event>(),
                on_date: Some(dated.unwrap_or(today.into())),
                due_on: None,
                kind: EventKind::Note,
                status: None,
                text: Some(undated(status, labels)),
                source,
                confidence: None,
                evidence: None,
            });
        }
        project
    }
}

/// Returns the note of a status that was stated without a date.
fn undated(status: Status, labels: &Labels) -> String {
    let note = labels.text("undated-status").into();
    let status = labels.word(status).into();
    labels.with("undated-note", &[("note", note), ("status", status)])
}

/// Whether such a note is there, in any language.
fn is_noted(project: &Project, status: Status) -> bool {
    let mut notes = project
        .events
        .iter()
        .filter(|event| event.kind == EventKind::Note)
        .filter_map(|event| event.text.as_deref()?.split_once([':', '：']));
    notes.any(|(front, word)| {
        is_label(front, "undated-status") && read_word(word.trim(), None) == Ok(status)
    })
}

/// The step back that a correction of `known` on the same day is.
fn steps_back(known: &Event, status: Status, on_date: PartialDate) -> Option<StepBack> {
    let behind = known.status?;
    let is_behind = match (status.rank(), behind.rank()) {
        (Some(status), Some(behind)) => status < behind,
        (_, None) => behind == Status::Cancelled && status != behind,
        (None, Some(_)) => behind == Status::Completed,
    };
    (is_behind && known.on_date == Some(on_date)).then_some(StepBack {
        status,
        on_date,
        behind,
        behind_on: on_date,
    })
}

/// The events of a row as they follow on each other. What happened on one day happened in the order of the course: a work that
/// was begun and finished that day did not go back. Our own sheet numbers its events, and says the order itself.
fn in_order(said: &[Event]) -> Vec<&Event> {
    let mut events: Vec<&Event> = said.iter().collect();
    if said.iter().all(|event| event.number == 0) {
        let step = |event: &Event| event.status.and_then(Status::rank).unwrap_or(u8::MAX);
        events.sort_by_key(|event| (event.on_date.map(PartialDate::last_day), step(event)));
    }
    events
}

/// The days of the status events of a project.
fn status_days(project: &Project) -> Vec<PartialDate> {
    let moves = project.events.iter().filter(|event| event.status.is_some());
    moves.filter_map(|event| event.on_date).collect()
}

/// Whether the project moved to no status between two days: a status that comes again after another one is no correction.
fn is_next(days: &[PartialDate], one: Option<PartialDate>, other: Option<PartialDate>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return true;
    };
    let (one, other) = (one.last_day(), other.last_day());
    let between = one.min(other)..=one.max(other);
    let mut days = days.iter().map(|day| day.last_day());
    !days.any(|day| day != one && day != other && between.contains(&day))
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
