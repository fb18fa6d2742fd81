//! The one reader of journals: each entry must be exactly what this program would have written, and must follow on those before
//! it. `verify`, `verify --bundle` and `import records` all read by it, so that none believes what another refuses.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::Batch;
use super::entries::Said;
use super::given::Given;
use crate::domain::{Moment, RecordId};
use crate::message::Message;
use crate::store::finding::{Fault, Finding};
use crate::store::record::Kind;

/// How far ahead of the clock a batch may have been recorded, in seconds: a day.
const AHEAD: i64 = 86_400;

/// A journal that is being read.
#[derive(Default)]
pub(crate) struct JournalReader {
    /// The number that the next entry should have.
    next: i64,
    /// Batches that were closed.
    closed: i64,
    first_entry: i64,
    last_time: Option<Moment>,
    /// The time at which it is read, when later times are at fault.
    now: Option<Moment>,
    /// The id of each record that is there. Hashes with a secret key stand for record and id, 16 bytes a record: a journal may be
    /// of millions. That no two records have one id, the tables make sure.
    present: HashMap<u64, u64>,
    hash: RandomState,
    /// By which batch each was undone last.
    undone: HashMap<i64, i64>,
}

impl JournalReader {
    /// Begins a journal in which no batch may have been recorded after `now`, if that is given.
    pub(crate) fn new(now: Option<Moment>) -> Self {
        Self {
            now,
            ..Self::default()
        }
    }

    /// The batches that were closed.
    pub(crate) fn batches(&self) -> i64 {
        self.closed
    }

    /// Takes the entry `number`, which is the next one, unless some are missing. Adds what is wrong to `found`; answers what the
    /// entry says when it can be read.
    pub(crate) fn read(
        &mut self,
        number: i64,
        said: &Said<'_>,
        bytes: &[u8],
        found: &mut Vec<Finding>,
    ) -> Option<Given> {
        self.next = number.saturating_add(1);
        let at = |fault| Finding::new(fault).entry(number);
        if said.batch != self.batch() {
            let order = at(Fault::EntryOrder).field("batch").expected(self.batch());
            found.push(order.found(said.batch));
            self.closed = said.batch.saturating_sub(1);
            self.first_entry = number;
        }
        let given = match Given::read(said, bytes) {
            Ok(given) => given,
            Err(why) => {
                found.push(at(Fault::EntryUnreadable).found(why));
                if said.kind == super::BATCH {
                    self.close();
                }
                return None;
            }
        };
        match &given {
            Given::Record {
                kind,
                code,
                id,
                document,
            } => {
                let wrong = self.record(*kind, code, *id, document.is_none());
                found.extend(wrong.map(|(field, expected, said)| {
                    at(Fault::EntryOrder)
                        .field(field)
                        .expected(Message::from(expected))
                        .found(said)
                }));
            }
            Given::Closing(batch, registry) => {
                self.batch_ends(batch, *registry, found);
                self.close();
            }
        }
        Some(given)
    }

    /// What is wrong with the journal as a whole, after its last entry.
    pub(crate) fn end(&self) -> Option<Finding> {
        (self.first_entry < self.next).then(|| Finding::new(Fault::BatchOpen).batch(self.batch()))
    }

    /// The batch that the next entry belongs to.
    fn batch(&self) -> i64 {
        self.closed.saturating_add(1)
    }

    fn close(&mut self) {
        self.closed = self.batch();
        self.first_entry = self.next;
    }

    /// Notes an entry about a record; answers the field that is wrong, what it should say and what it says.
    fn record(
        &mut self,
        kind: Kind,
        code: &str,
        id: RecordId,
        is_removal: bool,
    ) -> Option<(&'static str, &'static str, Message)> {
        let record = self.hash.hash_one((kind.word(), code));
        let own = self.hash.hash_one(id.to_string());
        let known = match is_removal {
            true => self.present.remove(&record),
            false => self.present.insert(record, own),
        };
        match known {
            None if is_removal => Some(("document", "what-present-record", "what-nothing".into())),
            Some(known) if known != own => Some((
                "id",
                "what-own-id",
                message!("foreign", text = id.to_string()),
            )),
            _ => None,
        }
    }

    fn batch_ends(&mut self, batch: &Batch, registry: Option<RecordId>, found: &mut Vec<Finding>) {
        let entry = self.next.saturating_sub(1);
        let at = |fault| Finding::new(fault).batch(batch.number).entry(entry);
        let mut order = |field: &str, expected: Message, said: Message| {
            let finding = at(Fault::EntryOrder).field(field).expected(expected);
            found.push(finding.found(said));
        };
        let entries = self.next.saturating_sub(self.first_entry);
        let counted = |count: i64, first: i64| message!("what-entries-from", count, first);
        let number = |text: String| message!("foreign", text);
        if (batch.first_entry, batch.entries) != (self.first_entry, entries) || entries < 2 {
            let here = counted(entries, self.first_entry);
            let said = counted(batch.entries, batch.first_entry);
            order("entries", said, here);
        }
        match registry {
            None if batch.number == 1 => {
                order("registry", "what-registry-id".into(), "what-nothing".into());
            }
            Some(id) if batch.number != 1 => {
                order("registry", "what-nothing".into(), number(id.to_string()));
            }
            _ => {}
        }
        if let Some(undoes) = batch.undoes {
            if !(1..batch.number).contains(&undoes) || !self.is_in_effect(undoes) {
                let expected = "what-batch-in-effect".into();
                order("undoes", expected, number(undoes.to_string()));
            }
            self.undone.insert(undoes, batch.number);
        }
        if let Some(last) = self.last_time.filter(|last| batch.recorded_at < *last) {
            let behind = at(Fault::ClockBehind).expected(last);
            found.push(behind.found(batch.recorded_at));
        }
        let is_ahead = |now: &Moment| batch.recorded_at.timestamp() - now.timestamp() > AHEAD;
        if let Some(now) = self.now.filter(is_ahead) {
            let ahead = at(Fault::ClockAhead).expected(now);
            found.push(ahead.found(batch.recorded_at));
        }
        self.last_time = self.last_time.max(Some(batch.recorded_at));
    }

    /// Whether no batch that is in effect undoes this one.
    fn is_in_effect(&self, mut batch: i64) -> bool {
        let mut is_in_effect = true;
        while let Some(by) = self.undone.get(&batch).filter(|by| **by > batch) {
            (is_in_effect, batch) = (!is_in_effect, *by);
        }
        is_in_effect
    }
}
