//! Projects of a plan one by one, as somebody chose them, each with the decision so far.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ImportItem, ImportParty};
use crate::store::Kind;

/// Projects that were chosen from a plan.
#[derive(Debug, Serialize)]
pub(crate) struct ImportChosen {
    /// What the rows are about: projects, or parties.
    pub(crate) records: Kind,
    /// Projects of the whole plan by what becomes of them.
    pub(crate) actions: BTreeMap<&'static str, u64>,
    /// Projects of the whole plan on which nobody has decided, and those that are very likely one of the registry.
    pub(crate) open: u64,
    pub(crate) likely: u64,
    /// Projects that were chosen, and how many of them were left out before the first one here.
    pub(crate) chosen: u64,
    pub(crate) skipped: u64,
    pub(crate) items: Vec<ImportChoice>,
    /// New parties that resemble known ones, each with the decision on it.
    pub(crate) parties: Vec<(ImportParty, String)>,
}

/// A project that was chosen.
#[derive(Debug, Serialize)]
pub(crate) struct ImportChoice {
    pub(crate) action: &'static str,
    /// Why the reviewer decided so.
    pub(crate) reason: Option<String>,
    #[serde(flatten)]
    pub(crate) item: ImportItem,
}
