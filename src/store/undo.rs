//! Taking a batch back, and bringing it back: always as a batch of its own, which says which one it undoes.
//!
//! A batch is in effect unless a batch that is in effect undoes it. So an undo can be undone, and that is what redo does.

use diesel::prelude::*;

use super::history::Step;
use super::journal::Entry;
use super::link::Link;
use super::schema::batch;
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
    fn last_to_undo(&mut self) -> Result<i64, Error> {
        let mut before = i64::MAX;
        while let Some(number) = self.last_own_before(before)? {
            if number == 1 {
                break;
            }
            if self.undone_by(number, i64::MAX)?.is_none() {
                return Ok(number);
            }
            before = number;
        }
        Err(Error::NothingTo("undo"))
    }

    fn last_own_before(&mut self, number: i64) -> Result<Option<i64>, Error> {
        let own = batch::table.filter(batch::undoes.is_null().and(batch::number.lt(number)));
        let last = own.order(batch::number.desc()).select(batch::number);
        Ok(last.first(self.db).optional()?)
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

/// How many referring records of a table are looked for: enough to name some.
const SOME: i64 = 5;

impl Writer<'_> {
    /// Takes back the batch `number`, or the last one that can be; answers what that did, record by record.
    ///
    /// # Errors
    /// [`Error::TakenBack`] when that is done already, [`Error::Overtaken`] when a later batch changed the same records,
    /// [`Error::Dangling`] when other records need what would go.
    pub(crate) fn undo(&mut self, number: Option<i64>) -> Result<Vec<Step>, Error> {
        let number = match number {
            Some(number) => number,
            None => self.reader().last_to_undo()?,
        };
        let undone = self.reader().batch(number)?;
        let reason = format!("undo batch {number} ({})", undone.command);
        self.take_back(number, reason)
    }

    /// Takes back the last undo that is in effect.
    ///
    /// # Errors
    /// As for [`Self::undo`].
    pub(crate) fn redo(&mut self) -> Result<Vec<Step>, Error> {
        let undoing = self.reader().last_to_redo()?;
        let again = undoing.undoes.unwrap_or(undoing.number);
        self.take_back(undoing.number, format!("redo batch {again}"))
    }

    fn take_back(&mut self, number: i64, reason: String) -> Result<Vec<Step>, Error> {
        if let Some(by) = self.reader().undone_by(number, i64::MAX)? {
            return Err(Error::TakenBack { batch: number, by });
        }
        let steps = self.reader().steps_of(number)?;
        self.refuse_overtaken(number, &steps)?;
        self.set_undoes(number, reason);
        // In the opposite order: what is unique may have passed from one record to another.
        let back = |step: Step| Step {
            before: step.after,
            after: step.before,
            ..step
        };
        let steps: Vec<Step> = steps.into_iter().rev().map(back).collect();
        for step in &steps {
            self.restore(step)?;
        }
        self.refuse_dangling(number, &steps)?;
        Ok(steps)
    }

    fn restore(&mut self, step: &Step) -> Result<(), Error> {
        let Some(before) = &step.before else {
            return match &step.after {
                Some(after) => self.save(after.clone()).map(drop),
                None => Ok(()),
            };
        };
        match &step.after {
            // The same code for the same thing.
            Some(after) if after.id() == before.id() => self.save(after.clone()).map(drop),
            Some(after) => {
                self.remove(step.kind, &step.code)?;
                self.save(after.clone()).map(drop)
            }
            None => self.remove(step.kind, &step.code),
        }
    }

    fn refuse_overtaken(&mut self, number: i64, steps: &[Step]) -> Result<(), Error> {
        let mut records = Vec::new();
        for step in steps {
            let last = Entry::last_of(step.kind, &step.code, self.db())?;
            if let Some(last) = last.filter(|last| last.document != step.after) {
                records.push((step.kind, step.code.clone(), last.batch));
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

    fn refuse_dangling(&mut self, number: i64, steps: &[Step]) -> Result<(), Error> {
        let mut links = Vec::new();
        for step in steps {
            let own = (step.kind, step.code.clone());
            let Some(after) = &step.after else {
                let users = self.reader().users_of(step.kind, &step.code, SOME)?;
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
mod tests;
