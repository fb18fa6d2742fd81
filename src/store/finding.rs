//! What can be wrong, where, and where findings are collected.

use std::collections::HashSet;

use crate::message::{Fill, Message};

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
    /// A table, view, trigger or index is not there.
    SchemaMissing "schema_missing",
    /// A table, view, trigger or index that no migration made.
    SchemaUnknown "schema_unknown",
    /// A table, view, trigger or index is defined in another way.
    SchemaChanged "schema_changed",
    /// A setting in the file is not as the program made it.
    SettingChanged "setting_changed",
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
    /// A batch was recorded at a time that has not come.
    ClockAhead "clock_ahead",
    /// A registry that takes the journal in entry by entry refuses it.
    JournalRefused "journal_refused",
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
    /// The tables have the record, the search index does not.
    IndexMissing "index_missing",
    /// The search index has a record that is not there.
    IndexUnknown "index_unknown",
    /// The search index has other words of a record.
    IndexChanged "index_changed",
    /// What the search index keeps besides words (settings, pages, lengths) does not agree with the records.
    IndexInconsistent "index_inconsistent",
    /// A source names a document that is not there.
    DocumentMissing "document_missing",
    /// A document is not the one that was kept.
    DocumentChanged "document_changed",
    /// A document that the journal does not know, or that was changed since its source was taken out.
    DocumentUnknown "document_unknown",
    /// The journal on the server has another entry than the copy on this machine.
    ServerChanged "server_changed",
    CheckpointOrigin "checkpoint_origin",
    CheckpointSignature "checkpoint_signature",
    /// A cosignature states a time at which it cannot have been made.
    CosignatureTime "cosignature_time",
    /// The journal has fewer entries than were published.
    CheckpointSize "checkpoint_size",
    CheckpointRoot "checkpoint_root",
    /// A file of a bundle cannot be read, or is not what it should be.
    BundleFile "bundle_file",
    BundleFileMissing "bundle_file_missing",
    /// A file that has no place in a bundle.
    BundleFileForeign "bundle_file_foreign",
    /// The key in a bundle is not the one that was given.
    BundleKey "bundle_key",
    /// A record of a bundle is not what its journal says.
    BundleField "bundle_field",
    /// The journal of a bundle has the record, its records do not.
    BundleMissing "bundle_missing",
    /// The records of a bundle have it, its journal does not.
    BundleUnknown "bundle_unknown",
    /// The proof of a record is wrong.
    BundleProof "bundle_proof",
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
    pub(crate) expected: Option<Message>,
    pub(crate) found: Option<Message>,
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

    pub(crate) fn record(mut self, kind: impl Into<String>, code: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self.code = Some(code.into());
        self
    }

    pub(crate) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    pub(crate) fn entry(mut self, entry: i64) -> Self {
        self.entry = Some(entry);
        self
    }

    pub(crate) fn batch(mut self, batch: i64) -> Self {
        self.batch = Some(batch);
        self
    }

    pub(crate) fn expected(mut self, expected: impl Fill) -> Self {
        self.expected = Some(message!("foreign", text = expected));
        self
    }

    pub(crate) fn found(mut self, found: impl Fill) -> Self {
        self.found = Some(message!("foreign", text = found));
        self
    }
}

impl Finding {
    /// What is wrong with an entry or a batch, for those who refuse the whole journal because of it.
    pub(super) fn of_journal(&self) -> Message {
        let said = |text: &Option<Message>| text.clone().unwrap_or_else(|| "not-stated".into());
        let (found, expected) = (said(&self.found), said(&self.expected));
        let batch = self.batch.unwrap_or_default();
        match (self.fault, self.field.as_deref()) {
            (Fault::BatchOpen, _) => message!("why-batch-open", batch),
            (Fault::ClockBehind, _) => message!("why-batch-behind", batch, found, expected),
            (Fault::EntryOrder, Some("entries")) => {
                message!("why-batch-miscounted", batch, found, expected)
            }
            (Fault::EntryOrder, Some(field)) => {
                message!("why-entry-order", field, found, expected)
            }
            _ => found,
        }
    }
}

/// Called with the number of rows that were looked at since the last call.
pub(crate) type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// Where findings go, and who is told how far it has got.
pub(super) struct Sink<'a> {
    pub(super) findings: Vec<Finding>,
    pub(super) more: usize,
    progress: Progress<'a>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(progress: Progress<'a>) -> Self {
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

    /// Drops what the search index has of records with which something else is wrong: it follows from that.
    pub(super) fn leave_out_followers(&mut self) {
        let is_of_index = |finding: &Finding| {
            matches!(
                finding.fault,
                Fault::IndexMissing | Fault::IndexUnknown | Fault::IndexChanged
            )
        };
        let record = |finding: &Finding| finding.kind.clone().zip(finding.code.clone());
        let wrong = self.findings.iter().filter(|one| !is_of_index(one));
        let wrong: HashSet<_> = wrong.filter_map(record).collect();
        self.findings.retain(|finding| {
            !is_of_index(finding) || record(finding).is_none_or(|record| !wrong.contains(&record))
        });
    }

    pub(super) fn advance(&self, rows: usize) {
        (self.progress)(u64::try_from(rows).unwrap_or(u64::MAX));
    }
}
