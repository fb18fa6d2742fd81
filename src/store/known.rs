//! The registry as it was recorded at an earlier time, put together from the journal alone.

use diesel::Connection as _;
use diesel::prelude::*;

use super::journal::Entry;
use super::projection::Projection;
use super::schema::mechanism_event;
use super::{Error, MechanismEvent, MechanismEventFacts, Reader, Store};
use crate::domain::{MechanismEventKind, Moment};

impl Store {
    /// What the registry said at `time`: a registry in memory that holds the last documents recorded by then.
    ///
    /// # Errors
    /// [`Error::NothingYet`] when the first batch is younger: a registry that was not there is not an empty one.
    pub(crate) fn known_at(&mut self, time: Moment) -> Result<Self, Error> {
        let last = self.read(|reader| reader.last_batch_by(time))?;
        let mut then = Self::in_memory()?;
        let entries = Entry::last_of_each(last, &mut self.db)?;
        let mut projection = Projection::default();
        then.db.transaction(|db| {
            entries
                .into_iter()
                .filter_map(|entry| Some((entry.number, entry.document?)))
                .try_for_each(|(entry, document)| projection.add(&document, entry, db))?;
            projection.finish(db)?;
            Ok::<_, Error>(super::tally::recount(db)?)
        })?;
        Ok(then)
    }
}

/// Kinds of steps at which the two sides sat at one table.
const MEETINGS: [MechanismEventKind; 5] = [
    MechanismEventKind::WorkingMechanism,
    MechanismEventKind::Forum,
    MechanismEventKind::HighLevelDialogue,
    MechanismEventKind::OfficialConsultation,
    MechanismEventKind::Summit,
];

impl Reader<'_> {
    /// The last meeting of the two sides within the mechanism, by the day `known`.
    pub(crate) fn last_meeting(
        &mut self,
        known: chrono::NaiveDate,
    ) -> Result<Option<MechanismEvent>, Error> {
        let meetings = MechanismEventFacts::query().filter(mechanism_event::kind.eq_any(MEETINGS));
        let meetings = meetings.load(self.db)?.into_iter();
        let last = meetings
            .filter(|meeting| meeting.on_date.first_day() <= known)
            .max_by_key(|meeting| meeting.on_date.last_day());
        last.map(|meeting| self.one(&meeting.code)).transpose()
    }

    /// The meetings of the two sides within the mechanism, in the order of their days.
    pub(crate) fn meetings(&mut self) -> Result<Vec<MechanismEvent>, Error> {
        let mut meetings = self.all::<MechanismEvent>()?;
        meetings.retain(|meeting| MEETINGS.contains(&meeting.facts.kind));
        meetings.sort_by_key(|meeting| meeting.facts.on_date.last_day());
        Ok(meetings)
    }
}
