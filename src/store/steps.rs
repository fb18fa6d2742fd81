//! What batches did, record by record: each as they found it and as they left it.
//!
//! A batch may have a million records. Which they are is known by the number of an entry for each, and one at a time is looked at.

use std::ops::Range;

use diesel::connection::DefaultLoadingMode;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::journal::EntryRow;
use super::record::{Document, Kind};
use super::schema::{batch, entry};
use super::{Error, Reader};

/// A record before and after: by one batch, or over several.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) kind: Kind,
    pub(crate) code: String,
    /// None when the record was not there.
    pub(crate) before: Option<Document>,
    pub(crate) after: Option<Document>,
}

/// The same as the journal has it: what the record said is read when somebody asks.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) kind: Kind,
    pub(crate) code: String,
    before: Option<EntryRow>,
    after: Option<EntryRow>,
}

impl Trace {
    /// The same the other way round.
    pub(super) fn turned(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
            ..self
        }
    }

    pub(crate) fn was_there(&self) -> bool {
        self.before.is_some()
    }

    pub(crate) fn is_there(&self) -> bool {
        self.after.is_some()
    }

    /// What the record said before.
    ///
    /// # Errors
    /// [`Error::Document`] when its entry is damaged.
    pub(super) fn before(&self) -> Result<Option<Document>, Error> {
        self.before.as_ref().map_or(Ok(None), EntryRow::document)
    }

    /// What it said after.
    ///
    /// # Errors
    /// [`Error::Document`] when its entry is damaged.
    pub(super) fn after(&self) -> Result<Option<Document>, Error> {
        self.after.as_ref().map_or(Ok(None), EntryRow::document)
    }

    /// Reads what the record said.
    ///
    /// # Errors
    /// [`Error::Document`] when an entry is damaged.
    pub(crate) fn read(self) -> Result<Step, Error> {
        Ok(Step {
            before: self.before()?,
            after: self.after()?,
            kind: self.kind,
            code: self.code,
        })
    }
}

/// The records that a span of batches touched.
#[derive(Debug)]
pub(crate) struct Touched {
    /// The entries of the span.
    entries: Range<i64>,
    /// The first entry of each record among them, in the order of the journal.
    records: Vec<Place>,
}

/// Where the journal speaks of a record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    entry: i64,
    kind: Kind,
}

impl Touched {
    /// Where to find each record that was touched.
    pub(crate) fn places(&self) -> impl DoubleEndedIterator<Item = Place> {
        self.records.iter().copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// Where to find each of a kind.
    pub(crate) fn places_of(&self, kind: Kind) -> impl Iterator<Item = Place> {
        self.places().filter(move |place| place.kind == kind)
    }
}

diesel::alias!(entry as other_entry: OtherEntry);

impl Reader<'_> {
    /// The records that the batches after `after` up to `until` touched.
    pub(crate) fn touched(&mut self, after: i64, until: i64) -> Result<Touched, Error> {
        let batches = batch::table.filter(batch::number.gt(after).and(batch::number.le(until)));
        let span: (Option<i64>, Option<i64>) = batches
            .select((
                diesel::dsl::min(batch::first_entry),
                diesel::dsl::max(batch::first_entry + batch::entries),
            ))
            .first(self.db)?;
        let (Some(first), Some(end)) = span else {
            return Ok(Touched {
                entries: 0..0,
                records: Vec::new(),
            });
        };
        let of_record = other_entry
            .filter(other_entry.field(entry::kind).eq(entry::kind))
            .filter(other_entry.field(entry::code).eq(entry::code));
        let earlier = of_record
            .filter(other_entry.field(entry::number).ge(first))
            .filter(other_entry.field(entry::number).lt(entry::number));
        // Chosen by number alone, and by kind only afterwards: SQLite would take the index of the kinds and read the whole journal.
        let records = entry::table
            .filter(entry::number.ge(first).and(entry::number.lt(end)))
            .filter(entry::record_id.is_not_null())
            .filter(not(exists(earlier)))
            .order(entry::number)
            .select((entry::number, entry::kind));
        let records = records.load_iter::<(i64, Kind), DefaultLoadingMode>(self.db)?;
        let place = |row: QueryResult<(i64, Kind)>| row.map(|(entry, kind)| Place { entry, kind });
        Ok(Touched {
            entries: first..end,
            records: records.map(place).collect::<QueryResult<_>>()?,
        })
    }

    /// The records that one batch touched.
    pub(crate) fn touched_by(&mut self, number: i64) -> Result<Touched, Error> {
        self.touched(number - 1, number)
    }

    /// What was done to the record at `place`.
    pub(crate) fn trace(&mut self, touched: &Touched, place: Place) -> Result<Trace, Error> {
        let at_place = other_entry.on((other_entry.field(entry::kind).eq(entry::kind))
            .and(other_entry.field(entry::code).eq(entry::code)));
        // Without a limit, which SQLite would plan anew for every record: as many rows are read as are asked for.
        let mut rows = entry::table
            .inner_join(at_place)
            .filter(other_entry.field(entry::number).eq(place.entry))
            .filter(entry::number.lt(touched.entries.end))
            .order(entry::number.desc())
            .select(EntryRow::as_select())
            .load_iter::<EntryRow, DefaultLoadingMode>(self.db)?;
        let there = |row: EntryRow| Ok::<_, Error>((!row.is_removal()?).then_some(row));
        let last = rows.next().ok_or(diesel::NotFound)??;
        let code = last.code().to_owned();
        let is_earlier = |row: &QueryResult<EntryRow>| {
            let row = row.as_ref();
            row.map_or(true, |row| row.number() < touched.entries.start)
        };
        let earlier = rows.find(is_earlier).transpose()?;
        drop(rows);
        Ok(Trace {
            kind: place.kind,
            code,
            before: earlier.map_or(Ok(None), there)?,
            after: there(last)?,
        })
    }

    /// The records among `touched` of which the journal speaks again later, in the same order.
    pub(super) fn touched_again(&mut self, touched: &Touched) -> Result<Vec<Place>, Error> {
        let later = entry::table.filter(entry::number.ge(touched.entries.end));
        let later = later.filter(entry::record_id.is_not_null());
        if !diesel::select(exists(later)).get_result(self.db)? {
            return Ok(Vec::new());
        }
        let of_record = other_entry
            .filter(other_entry.field(entry::kind).eq(entry::kind))
            .filter(other_entry.field(entry::code).eq(entry::code))
            .filter(other_entry.field(entry::number).ge(touched.entries.end));
        let again = entry::table
            .filter(entry::number.ge(touched.entries.start))
            .filter(entry::number.lt(touched.entries.end))
            .filter(exists(of_record))
            .select(entry::number);
        let again: Vec<i64> = again.order(entry::number).load(self.db)?;
        let is_again = |place: &Place| again.binary_search(&place.entry).is_ok();
        Ok(touched.places().filter(is_again).collect())
    }

    /// What the batches after `after` up to `until` did to the records of a kind, taken together.
    pub(crate) fn steps_between(
        &mut self,
        kind: Kind,
        after: i64,
        until: i64,
    ) -> Result<Vec<Step>, Error> {
        let touched = self.touched(after, until)?;
        let steps = touched.places_of(kind);
        steps
            .map(|place| self.trace(&touched, place)?.read())
            .collect()
    }
}
