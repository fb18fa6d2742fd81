//! Taking a batch back, and bringing it back: always as a batch of its own, which says which one it undoes.
//!
//! A batch is in effect unless a batch that is in effect undoes it. So an undo can be undone, and that is what redo does.

use diesel::prelude::*;

use super::error::Link;
use super::journal::Entry;
use super::schema::batch;
use super::steps::{Touched, Trace};
use super::{Batch, Error, Reader, Writer};

impl Reader<'_> {
    /// The batch by which this one is undone, if it is not in effect after the batch `until`.
    pub(crate) fn undone_by(&mut self, number: i64, until: i64) -> Result<Option<i64>, Error> {
        // Only the last undo of a batch can be in effect: it was made when the batch was.
        let (mut first, mut is_in_effect, mut current) = (None, true, number);
        loop {
            let by = batch::table.filter(batch::undoes.eq(current).and(batch::number.le(until)));
            let by = by.order(batch::number.desc()).select(batch::number);
            let Some(by) = by.first::<i64>(self.db).optional()? else {
                return Ok(first.filter(|_| !is_in_effect));
            };
            first.get_or_insert(by);
            (is_in_effect, current) = (!is_in_effect, by);
        }
    }

    /// The batch that `undo` takes back when none is named: the last in effect that records something of its own. The first
    /// one, on which everything rests, has to be named.
    fn last_to_undo(&mut self) -> Result<Batch, Error> {
        let mut before = i64::MAX;
        while let Some(last) = self.last_own_before(before)? {
            if last.number == 1 {
                break;
            }
            if self.undone_by(last.number, i64::MAX)?.is_none() {
                return Ok(last);
            }
            before = last.number;
        }
        Err(Error::NothingTo("undo"))
    }

    fn last_own_before(&mut self, number: i64) -> Result<Option<Batch>, Error> {
        let own = Batch::query()
            .filter(batch::undoes.is_null().and(batch::number.lt(number)))
            .order(batch::number.desc());
        Ok(own.first(self.db).optional()?)
    }

    /// The last undo that is in effect.
    fn last_to_redo(&mut self) -> Result<Batch, Error> {
        let mut before = i64::MAX;
        loop {
            let undoing = Batch::query()
                .filter(batch::undoes.is_not_null().and(batch::number.lt(before)))
                .order(batch::number.desc());
            let last: Option<Batch> = undoing.first(self.db).optional()?;
            let last = last.ok_or(Error::NothingTo("redo"))?;
            if self.takes_away(&last)? && self.undone_by(last.number, i64::MAX)?.is_none() {
                return Ok(last);
            }
            before = last.number;
        }
    }

    /// Whether a batch takes another's effect away, rather than bring it back by undoing an undo.
    fn takes_away(&mut self, undoing: &Batch) -> Result<bool, Error> {
        let (mut takes_away, mut undoes) = (false, undoing.undoes);
        while let Some(number) = undoes {
            takes_away = !takes_away;
            undoes = self.batch(number)?.undoes;
        }
        Ok(takes_away)
    }
}

/// The batch, if `actor` recorded it.
fn own(batch: Batch, what: &'static str, actor: &str) -> Result<Batch, Error> {
    if batch.actor == actor {
        return Ok(batch);
    }
    let batch = Box::new(batch);
    Err(Error::OfAnother { what, batch })
}

/// How many referring records of a table are looked for: enough to name some.
const SOME: i64 = 5;
/// Records of a batch that are many: whether something is missing is asked of the whole registry first.
const MANY: usize = 1_000;

impl Writer<'_> {
    /// Takes back the batch `number`, or the last one that can be, if `actor` recorded it. `tell` hears what that does, record by
    /// record.
    ///
    /// # Errors
    /// [`Error::OfAnother`] when no number is given and another actor recorded the last batch, [`Error::TakenBack`] when that is done already, [`Error::Overtaken`] when a later batch changed the same records,
    /// [`Error::Dangling`] when other records need what would go; those of `tell`.
    pub(crate) fn undo<E: From<Error>>(
        &mut self,
        number: Option<i64>,
        actor: &str,
        tell: impl FnMut(Trace) -> Result<(), E>,
    ) -> Result<(), E> {
        let undone = match number {
            Some(number) => self.reader().batch(number)?,
            None => own(self.reader().last_to_undo()?, "what-undone", actor)?,
        };
        let number = undone.number;
        let reason = format!("undo batch {number} ({})", undone.command);
        self.take_back(number, reason, tell)
    }

    /// Takes back the last undo that is in effect, if `actor` recorded it.
    ///
    /// # Errors
    /// As for [`Self::undo`].
    pub(crate) fn redo<E: From<Error>>(
        &mut self,
        actor: &str,
        tell: impl FnMut(Trace) -> Result<(), E>,
    ) -> Result<(), E> {
        let undoing = own(self.reader().last_to_redo()?, "what-redone", actor)?;
        let again = undoing.undoes.unwrap_or(undoing.number);
        self.take_back(undoing.number, format!("redo batch {again}"), tell)
    }

    fn take_back<E: From<Error>>(
        &mut self,
        number: i64,
        reason: String,
        mut tell: impl FnMut(Trace) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Some(by) = self.reader().undone_by(number, i64::MAX)? {
            return Err(Error::TakenBack { batch: number, by }.into());
        }
        let touched = self.reader().touched_by(number)?;
        self.refuse_overtaken(number, &touched)?;
        self.set_undoes(number, reason);
        // In the opposite order: what is unique may have passed from one record to another.
        for place in touched.places().rev() {
            let back = self.reader().trace(&touched, place)?.turned();
            self.restore(&back)?;
            tell(back)?;
        }
        Ok(self.refuse_dangling(number, &touched)?)
    }

    fn restore(&mut self, back: &Trace) -> Result<(), Error> {
        let (kind, code) = (back.kind, back.code.as_str());
        match (back.was_there(), back.after()?) {
            (true, Some(after)) => {
                // The same code for another thing.
                if back
                    .before()?
                    .is_some_and(|before| before.id() != after.id())
                {
                    self.remove(kind, code)?;
                }
                self.save(after).map(drop)
            }
            (false, Some(after)) => self.save(after).map(drop),
            (true, None) => self.remove(kind, code),
            (false, None) => Ok(()),
        }
    }

    fn refuse_overtaken(&mut self, number: i64, touched: &Touched) -> Result<(), Error> {
        let mut records = Vec::new();
        for place in self.reader().touched_again(touched)? {
            let trace = self.reader().trace(touched, place)?;
            let last = Entry::last_of(trace.kind, &trace.code, self.db())?;
            let left = trace.after()?;
            if let Some(last) = last.filter(|last| last.document != left) {
                records.push((trace.kind, trace.code, last.batch));
            }
        }
        if records.is_empty() {
            return Ok(());
        }
        Err(Error::Overtaken {
            batch: number,
            records,
        })
    }

    fn refuse_dangling(&mut self, number: i64, touched: &Touched) -> Result<(), Error> {
        // For the whole registry at once, that takes less than for a few thousand records one by one.
        if touched.len() > MANY && super::links::all_linked(self.db()).is_ok() {
            return Ok(());
        }
        let mut links = Vec::new();
        for place in touched.places() {
            let trace = self.reader().trace(touched, place)?;
            let own = (trace.kind, trace.code.clone());
            let Some(after) = trace.before()? else {
                let users = self.reader().users_of(trace.kind, &trace.code, SOME)?;
                links.extend(users.into_iter().map(|from| Link {
                    from,
                    to: own.clone(),
                }));
                continue;
            };
            for (kind, code) in after.references() {
                let there = Entry::last_of(kind, &code, self.db())?;
                if there.is_none_or(|entry| entry.document.is_none()) {
                    links.push(Link {
                        from: own.clone(),
                        to: (kind, code),
                    });
                }
            }
        }
        if links.is_empty() {
            return Ok(());
        }
        links.sort_unstable();
        links.dedup();
        Err(Error::Dangling {
            batch: number,
            links,
        })
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
