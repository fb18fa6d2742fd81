//! The journal: every entry against its leaf of the tree, its columns and its batch.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Binary;

use super::PAGE;
use super::tree::Regrown;
use crate::merkle::hash::{Hash, leaf_hash};
use crate::message::Message;
use crate::store::backend::Db;
use crate::store::finding::{Fault, Finding, Sink};
use crate::store::journal::{BATCH, Given, JournalReader, Said};
use crate::store::schema::{batch, entry};
use crate::store::{Batch, Error};

/// What the journal holds.
pub(super) struct Journal {
    pub(super) batches: i64,
    pub(super) entries: u64,
    pub(super) root: Hash,
}

/// The columns of an entry, its bytes as they are.
#[derive(Debug, Queryable)]
struct Row {
    number: i64,
    batch: i64,
    kind: String,
    record_id: Option<String>,
    code: String,
    bytes: Vec<u8>,
}

/// How far the check has got.
struct Walk {
    tree: Regrown,
    /// The number that the next entry should have.
    next: i64,
    reader: JournalReader,
    /// False once entries are missing that the tree does not have either: from there on, places are not known.
    in_step: bool,
}

pub(super) fn check(db: &mut Db, sink: &mut Sink<'_>) -> Result<Journal, Error> {
    let mut walk = Walk {
        tree: Regrown::new(),
        next: 0,
        reader: JournalReader::new(None),
        in_step: true,
    };
    let mut from = i64::MIN;
    loop {
        let rows = page(from, db)?;
        let Some(last) = rows.last().map(|row| row.number) else {
            break;
        };
        let mut batches = closed_within(&rows, db)?;
        for row in &rows {
            walk.entry(row, &mut batches, db, sink)?;
        }
        sink.advance(rows.len());
        match last.checked_add(1) {
            Some(next) => from = next,
            None => break,
        }
    }
    walk.end(db, sink)
}

fn page(from: i64, db: &mut Db) -> QueryResult<Vec<Row>> {
    let bytes = sql::<Binary>("CAST(bytes AS BLOB)");
    entry::table
        .filter(entry::number.ge(from))
        .order(entry::number)
        .limit(PAGE)
        .select((
            entry::number,
            entry::batch,
            entry::kind,
            entry::record_id,
            entry::code,
            bytes,
        ))
        .load(db)
}

/// The rows of the batches that end among these entries.
fn closed_within(rows: &[Row], db: &mut Db) -> QueryResult<BTreeMap<i64, Batch>> {
    let closings = rows.iter().filter(|row| row.kind == BATCH);
    let numbers: Vec<i64> = closings.map(|row| row.batch).collect();
    let found = Batch::query()
        .filter(batch::number.eq_any(numbers))
        .load(db)?;
    Ok(found
        .into_iter()
        .map(|batch| (batch.number, batch))
        .collect())
}

impl Walk {
    fn entry(
        &mut self,
        row: &Row,
        batches: &mut BTreeMap<i64, Batch>,
        db: &mut Db,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        self.catch_up(row.number, db, sink)?;
        self.next = row.number.saturating_add(1);
        let at = |fault| {
            let finding = Finding::new(fault).entry(row.number);
            if row.kind == BATCH {
                finding.batch(row.batch)
            } else {
                finding.record(&row.kind, &row.code)
            }
        };
        if self.in_step {
            let leaf = leaf_hash(&row.bytes);
            let stored = self.tree.next_leaf(db)?;
            match stored {
                Some(stored) if stored == leaf => {}
                Some(_) => sink.add(at(Fault::EntryChanged)),
                None => sink.add(at(Fault::EntryAdded)),
            }
            self.tree.push(stored.unwrap_or(leaf), db, sink)?;
        }
        let said = match Said::read(&row.bytes) {
            Ok(said) => said,
            Err(error) => {
                sink.add(at(Fault::EntryUnreadable).found(Message::foreign(error)));
                return Ok(());
            }
        };
        let column = |field: &str, says: String, found: String| {
            (says != found).then(|| {
                at(Fault::EntryColumn)
                    .field(field)
                    .expected(says)
                    .found(found)
            })
        };
        let id = said.id.map(|id| id.to_string());
        let columns = [
            column("batch", said.batch.to_string(), row.batch.to_string()),
            column("kind", said.kind.to_string(), row.kind.clone()),
            column("code", said.code.to_string(), row.code.clone()),
            column(
                "record_id",
                id.unwrap_or_default(),
                row.record_id.clone().unwrap_or_default(),
            ),
        ];
        columns
            .into_iter()
            .flatten()
            .for_each(|finding| sink.add(finding));
        let mut found = Vec::new();
        let given = self.reader.read(row.number, &said, &row.bytes, &mut found);
        for mut finding in found {
            if finding.batch.is_none() {
                let named = at(finding.fault);
                (finding.kind, finding.code) = (named.kind, named.code);
                finding.batch = named.batch;
            }
            sink.add(finding);
        }
        if let Some(Given::Closing(says, _)) = given {
            compare(&says, batches.remove(&says.number), sink);
        }
        Ok(())
    }

    /// Entries before `number` that are not there: where the tree has them, it keeps the step.
    fn catch_up(&mut self, number: i64, db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
        if number == self.next {
            return Ok(());
        }
        sink.add(missing(self.next, number.saturating_sub(1)));
        while self.in_step && self.next < number {
            match self.tree.next_leaf(db)? {
                Some(leaf) => self.tree.push(leaf, db, sink)?,
                None => self.in_step = false,
            }
            self.next = self.next.saturating_add(1);
        }
        self.in_step &= number >= 0;
        Ok(())
    }

    /// What the tree and the batches have beyond the last entry.
    fn end(mut self, db: &mut Db, sink: &mut Sink<'_>) -> Result<Journal, Error> {
        if self.in_step {
            let first = self.next;
            while let Some(leaf) = self.tree.next_leaf(db)? {
                self.tree.push(leaf, db, sink)?;
                self.next = self.next.saturating_add(1);
            }
            if first < self.next {
                sink.add(missing(first, self.next.saturating_sub(1)));
            } else if let Some(open) = self.reader.end() {
                sink.add(open);
            }
            self.tree.finish(db, sink)?;
        }
        let unknown = batch::table
            .filter(
                batch::number
                    .lt(1)
                    .or(batch::number.gt(self.reader.batches())),
            )
            .select(batch::number)
            .order(batch::number);
        for number in unknown.load::<i64>(db)? {
            sink.add(Finding::new(Fault::BatchUnknown).batch(number));
        }
        Ok(Journal {
            batches: self.reader.batches(),
            entries: self.tree.size(),
            root: self.tree.root(),
        })
    }
}

fn missing(first: i64, last: i64) -> Finding {
    let finding = Finding::new(Fault::EntryMissing).entry(first);
    if first == last {
        finding.found(first)
    } else {
        finding.found(format!("{first}-{last}"))
    }
}

/// Compares the row of a batch with the entry that closes it.
fn compare(says: &Batch, row: Option<Batch>, sink: &mut Sink<'_>) {
    let at = |fault| Finding::new(fault).batch(says.number);
    let Some(row) = row else {
        return sink.add(at(Fault::BatchMissing));
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let columns = [
        (
            "recorded_at",
            says.recorded_at.to_string(),
            row.recorded_at.to_string(),
        ),
        ("actor", says.actor.clone(), row.actor.clone()),
        ("command", says.command.clone(), row.command.clone()),
        ("reason", text(&says.reason), text(&row.reason)),
        ("undoes", number(says.undoes), number(row.undoes)),
        (
            "first_entry",
            says.first_entry.to_string(),
            row.first_entry.to_string(),
        ),
        ("entries", says.entries.to_string(), row.entries.to_string()),
    ];
    for (field, says, found) in columns {
        if says != found {
            sink.add(
                at(Fault::BatchColumn)
                    .field(field)
                    .expected(says)
                    .found(found),
            );
        }
    }
}
