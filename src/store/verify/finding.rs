//! What can be wrong, where, and where findings are collected.

/// Findings that are kept; of a file that is wrong all over, more would help nobody.
const MOST: usize = 10_000;
macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $word:literal),+ $(,)?) => {
        /// What is wrong. The words are a promise: scripts rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Fault { $($(#[$doc])* $name),+ }

        impl Fault {
            #[cfg(test)]
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
    /// A figure of the tally is not the number of the projects that it counts.
    TallyChanged "tally_changed",
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

/// Called with the number of rows that were looked at since the last call.
pub(crate) type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// Where findings go, and who is told how far it has got.
pub(in crate::store) struct Sink<'a> {
    pub(super) findings: Vec<Finding>,
    pub(super) more: usize,
    progress: Progress<'a>,
}

impl<'a> Sink<'a> {
    pub(in crate::store) fn new(progress: Progress<'a>) -> Self {
        Self {
            findings: Vec::new(),
            more: 0,
            progress,
        }
    }

    pub(super) fn add(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }

    /// Takes the findings of another part of the check.
    pub(super) fn take(&mut self, other: Self) {
        self.more += other.more;
        other
            .findings
            .into_iter()
            .for_each(|finding| self.add(finding));
    }

    pub(in crate::store) fn advance(&self, rows: usize) {
        (self.progress)(u64::try_from(rows).unwrap_or(u64::MAX));
    }
}
