//! What a plan was made from: the file, the mapping and the registry.

use serde::{Deserialize, Serialize};

use crate::domain::Moment;
use crate::report::ImportReading;

/// What the plan was made from, and for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanHeader {
    pub(crate) form: u32,
    pub(crate) made_at: Moment,
    pub(crate) file: PlannedFile,
    /// The mapping that the file was read through; none for a project sheet.
    pub(crate) mapping: Option<PlannedMapping>,
    pub(crate) registry: PlannedRegistry,
}

/// The file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedFile {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

/// What the file turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedIntake {
    pub(crate) headings: Vec<String>,
    #[serde(flatten)]
    pub(crate) reading: ImportReading,
}

/// The mapping, as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedMapping {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The registry as it was when the plan was made: a checkpoint without signatures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedRegistry {
    /// None for a registry in which nothing was recorded yet.
    pub(crate) origin: Option<String>,
    pub(crate) entries: u64,
    pub(crate) root: String,
    /// The last batch.
    pub(crate) batch: i64,
}
