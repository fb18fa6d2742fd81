//! Checks that nobody rewrote the registry: the file itself, the journal against its Merkle tree, and the tables against
//! the journal. It reads in pages, so that a long journal needs no more memory than a short one.

mod diff;
mod feed;
mod journal;
mod links;
mod tables;
mod tree;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::backend::Db;
use super::{Error, Reader};
use crate::merkle::hash::{Hash, empty_root};
pub(super) use feed::last_entries;
pub(super) use links::CHILDREN;

/// Findings that are kept; of a file that is wrong all over, more would help nobody.
const MOST: usize = 10_000;
/// Rows read at a time.
const PAGE: i64 = 2_000;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $word:literal),+ $(,)?) => {
        /// What is wrong. The words are a promise: scripts rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Fault { $($(#[$doc])* $name),+ }

        impl Fault {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

faults! {
    /// SQLite's own check of the file failed.
    FileDamaged "file_damaged",
    /// The tree has the entry, the journal does not.
    EntryMissing "entry_missing",
    /// The journal has the entry, the tree does not.
    EntryAdded "entry_added",
    /// The bytes are not those that were hashed.
    EntryChanged "entry_changed",
    EntryUnreadable "entry_unreadable",
    /// A column says something else than the bytes.
    EntryColumn "entry_column",
    /// It does not follow on the entry before it.
    EntryOrder "entry_order",
    TreeChanged "tree_changed",
    BatchMissing "batch_missing",
    BatchUnknown "batch_unknown",
    /// A column says something else than the entry that closes the batch.
    BatchColumn "batch_column",
    /// No entry closes the last batch.
    BatchOpen "batch_open",
    ClockBehind "clock_behind",
    /// The journal has the record, the tables do not.
    RecordMissing "record_missing",
    /// The tables have the record, the journal does not.
    RecordUnknown "record_unknown",
    /// The tables have the record, which was removed.
    RecordRemoved "record_removed",
    RecordUnreadable "record_unreadable",
    FieldChanged "field_changed",
    /// A row of no record.
    RowOrphan "row_orphan",
    /// A row that refers to a record which is not there.
    LinkBroken "link_broken",
    /// Rows of a record that are not numbered from 1.
    RowNumber "row_number",
    CheckpointOrigin "checkpoint_origin",
    CheckpointSignature "checkpoint_signature",
    /// The journal has fewer entries than were published.
    CheckpointSize "checkpoint_size",
    CheckpointRoot "checkpoint_root",
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) fault: Fault,
    /// Kind and code of the record.
    pub(crate) kind: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) entry: Option<i64>,
    pub(crate) batch: Option<i64>,
    /// What should be there.
    pub(crate) expected: Option<String>,
    pub(crate) found: Option<String>,
}

impl Finding {
    pub(crate) fn new(fault: Fault) -> Self {
        Self {
            fault,
            kind: None,
            code: None,
            field: None,
            entry: None,
            batch: None,
            expected: None,
            found: None,
        }
    }

    pub(super) fn record(mut self, kind: impl Into<String>, code: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self.code = Some(code.into());
        self
    }

    pub(super) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    pub(super) fn entry(mut self, entry: i64) -> Self {
        self.entry = Some(entry);
        self
    }

    pub(super) fn batch(mut self, batch: i64) -> Self {
        self.batch = Some(batch);
        self
    }

    pub(crate) fn expected(mut self, expected: impl ToString) -> Self {
        self.expected = Some(expected.to_string());
        self
    }

    pub(crate) fn found(mut self, found: impl ToString) -> Self {
        self.found = Some(found.to_string());
        self
    }
}

/// Where findings go, and who is told how far it has got.
pub(super) struct Sink<'a> {
    findings: Vec<Finding>,
    more: usize,
    done: u64,
    progress: &'a mut dyn FnMut(u64),
}

impl<'a> Sink<'a> {
    pub(super) fn new(progress: &'a mut dyn FnMut(u64)) -> Self {
        Self {
            findings: Vec::new(),
            more: 0,
            done: 0,
            progress,
        }
    }

    fn add(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn advance(&mut self, rows: usize) {
        self.done = self
            .done
            .saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
        (self.progress)(self.done);
    }
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Checked {
    pub(crate) batches: i64,
    pub(crate) entries: u64,
    pub(crate) records: usize,
    /// The root over the entries.
    pub(crate) root: Hash,
    pub(crate) findings: Vec<Finding>,
    /// Findings beyond those that are kept.
    pub(crate) more: usize,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = integrity_check)]
    line: String,
}

impl Reader<'_> {
    /// Checks everything; `progress` is told how many entries and records have been looked at.
    pub(crate) fn verify(&mut self, progress: &mut dyn FnMut(u64)) -> Result<Checked, Error> {
        let mut sink = Sink::new(progress);
        let lines: Vec<Line> = diesel::sql_query("PRAGMA integrity_check").load(self.db)?;
        for line in lines.into_iter().filter(|line| line.line != "ok") {
            sink.add(Finding::new(Fault::FileDamaged).found(line.line));
        }
        match contents(self.db, &mut sink) {
            Ok(checked) => Ok(Checked {
                findings: sink.findings,
                more: sink.more,
                ..checked
            }),
            Err(error) if sink.findings.is_empty() => Err(error),
            // A damaged file: what was found says more than what stopped the search.
            Err(error) => {
                sink.add(Finding::new(Fault::FileDamaged).found(error));
                Ok(Checked {
                    findings: sink.findings,
                    more: sink.more,
                    ..Checked::nothing()
                })
            }
        }
    }
}

/// Checks what the file holds; the findings stay in the sink.
fn contents(db: &mut Db, sink: &mut Sink<'_>) -> Result<Checked, Error> {
    let journal = journal::check(db, sink)?;
    let records = tables::check(db, sink)?;
    links::check(db, sink)?;
    Ok(Checked {
        batches: journal.batches,
        entries: journal.entries,
        records,
        root: journal.root,
        ..Checked::nothing()
    })
}

impl Checked {
    fn nothing() -> Self {
        Self {
            batches: 0,
            entries: 0,
            records: 0,
            root: empty_root(),
            findings: Vec::new(),
            more: 0,
        }
    }
}

/// Checks the journal alone against its tree and its batches; answers whether nothing is wrong with it.
pub(super) fn journal_holds(db: &mut Db, sink: &mut Sink<'_>) -> Result<bool, Error> {
    journal::check(db, sink)?;
    Ok(sink.findings.is_empty())
}
