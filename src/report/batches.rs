//! The journal: its batches, what one of them changed, and what happened to one record.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use super::glossary::Glossary;
use super::record_change::{How, RecordChange};
use crate::store::{Batch, Kind};

/// The batches, the newest first. JSON is the array of them.
#[derive(Debug)]
pub(crate) struct BatchList {
    pub(crate) batches: Vec<BatchLine>,
    /// What their records refer to.
    pub(crate) glossary: Glossary,
    /// How many older ones are not shown.
    pub(crate) left_out: i64,
}

/// A batch as the log shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct BatchLine {
    #[serde(flatten)]
    pub(crate) batch: Batch,
    /// Records added, changed or removed: the entries without the closing one.
    pub(crate) records: i64,
    /// The batch by which it is undone, unless that is undone too.
    pub(crate) undone_by: Option<i64>,
    /// The record that it is about, where it changed few.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) about: Option<About>,
}

/// The record that a batch is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct About {
    kind: Kind,
    pub(crate) code: String,
    pub(crate) name: Option<String>,
    /// What the batch did to it.
    #[serde(skip)]
    pub(crate) change: RecordChange,
}

impl From<RecordChange> for About {
    fn from(change: RecordChange) -> Self {
        Self {
            kind: change.kind,
            code: change.code.clone(),
            name: change.title.clone(),
            change,
        }
    }
}

impl BatchLine {
    pub(crate) fn of(batch: Batch, undone_by: Option<i64>) -> Self {
        Self {
            records: batch.entries.saturating_sub(1),
            batch,
            undone_by,
            about: None,
        }
    }
}

impl Serialize for BatchList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.batches.serialize(serializer)
    }
}

/// What a batch changed, or would change.
#[derive(Debug, Serialize)]
pub(crate) struct BatchReport {
    /// None when nothing is recorded.
    pub(crate) batch: Option<BatchLine>,
    /// Whether it is a preview, and nothing was recorded.
    pub(crate) dry_run: bool,
    /// Those that are shown field by field.
    pub(crate) records: Vec<RecordChange>,
    /// How many there are, of each kind and change.
    #[serde(skip)]
    counts: HashMap<(Kind, How), usize>,
    /// How many of a change are shown field by field; of one that has more, none is.
    #[serde(skip)]
    at_most: usize,
}

impl BatchReport {
    /// One of no records yet. Of a change that more than `at_most` of them had, they are only counted.
    pub(crate) fn of_records(at_most: usize) -> Self {
        Self {
            batch: None,
            dry_run: false,
            records: Vec::new(),
            counts: HashMap::new(),
            at_most,
        }
    }

    /// Counts a record; answers whether it is to be shown, as far as is known by now.
    pub(crate) fn count(&mut self, kind: Kind, change: How) -> bool {
        *self.counts.entry((kind, change)).or_default() += 1;
        let is_shown = !self.is_counted_only(change);
        if !is_shown {
            self.records.retain(|record| record.change != change);
        }
        is_shown
    }

    /// How many records there are.
    pub(crate) fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many of a kind there are that had this change.
    pub(crate) fn number_of(&self, kind: Kind, change: How) -> usize {
        self.counts.get(&(kind, change)).copied().unwrap_or(0)
    }

    /// Whether records that had this change are not shown one by one, because they are too many.
    pub(crate) fn is_counted_only(&self, change: How) -> bool {
        let like = self.counts.iter().filter(|((_, of), _)| *of == change);
        like.map(|(_, count)| count).sum::<usize>() > self.at_most
    }
}

/// What happened to one record, the newest first. JSON is the array of the steps.
#[derive(Debug)]
pub(crate) struct RecordHistory {
    pub(crate) kind: Kind,
    pub(crate) code: String,
    pub(crate) steps: Vec<HistoryStep>,
}

/// What one batch did to the record.
#[derive(Debug, Serialize)]
pub(crate) struct HistoryStep {
    pub(crate) batch: BatchLine,
    #[serde(flatten)]
    pub(crate) record: RecordChange,
}

impl Serialize for RecordHistory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.steps.serialize(serializer)
    }
}
