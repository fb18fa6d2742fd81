//! The journal: its batches, what one of them changed, and what happened to one record.

use serde::{Serialize, Serializer};

use super::record_change::RecordChange;
use crate::store::{Batch, Kind};

/// The batches, the newest first. JSON is the array of them.
#[derive(Debug)]
pub(crate) struct BatchList {
    pub(crate) batches: Vec<BatchLine>,
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
}

impl BatchLine {
    pub(crate) fn of(batch: Batch, undone_by: Option<i64>) -> Self {
        Self {
            records: batch.entries.saturating_sub(1),
            batch,
            undone_by,
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
    pub(crate) records: Vec<RecordChange>,
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
