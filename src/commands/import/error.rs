//! What can go wrong with a plan, beside what can go wrong with files and records.

use std::path::PathBuf;

use crate::domain::Moment;

/// See each variant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    #[error("stopped before it was done; nothing was changed")]
    Stopped,
    #[error("{0:?} changed while it was read")]
    Changed(PathBuf),
    #[error("{0:?} is no file: what is imported is read several times")]
    NoFile(PathBuf),
    #[error("{0:?} is what is read")]
    OutputIsInput(PathBuf),
    #[error(
        "row {row}, {column}: {message}; the mapping says that nothing of the file is taken then"
    )]
    StopsAll {
        row: u64,
        column: String,
        message: String,
    },
    #[error("the plan was made for another registry: {plan}, not {registry}")]
    OtherRegistry { plan: String, registry: String },
    #[error(
        "the registry moved since the plan was made at {made_at}: {}",
        named(records)
    )]
    Overtaken {
        made_at: Moment,
        records: Vec<String>,
    },
    #[error("the plan cannot be carried out: row {row}: {why}")]
    Row { row: u64, why: String },
    #[error("the plan has no row {0}")]
    NoRow(u64),
    #[error("the plan has no new party {0:?}")]
    NoParty(String),
    #[error("there is no mapping {0:?}: neither a file nor a kept one")]
    NoMapping(String),
    #[error("the plan accounts for {found} of {read} rows")]
    DoesNotAddUp { read: u64, found: u64 },
}

const NAMED: usize = 10;

fn named(records: &[String]) -> String {
    let mut shown: Vec<&str> = records.iter().take(NAMED).map(String::as_str).collect();
    let more = format!("and {} more", records.len().saturating_sub(NAMED));
    if records.len() > NAMED {
        shown.push(&more);
    }
    shown.join(", ")
}

impl ImportError {
    /// 1: the request or the data is at fault. 3: the surroundings are.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Stopped | Self::Changed(_) => 3,
            _ => 1,
        }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Stopped | Self::StopsAll { .. } => return None,
            Self::DoesNotAddUp { .. } => {
                "make the plan again, and reject what is not wanted instead of removing its line"
            }
            Self::NoFile(_) => "save it as a file first",
            Self::OutputIsInput(_) => "write the result to another file",
            Self::Changed(_) => "wait until nobody writes to it, then try again",
            Self::OtherRegistry { .. } => "name the registry that it was made for with --registry",
            Self::Overtaken { .. } => "make the plan again with `tpmc import plan`",
            Self::Row { .. } => "correct the plan, or reject the row with `tpmc import decide`",
            Self::NoRow(_) | Self::NoParty(_) => "the plan says `rows` and `key` on its lines",
            Self::NoMapping(_) => "`tpmc import mapping list` shows those that are kept",
        };
        Some(hint.to_owned())
    }
}
