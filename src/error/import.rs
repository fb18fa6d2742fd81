//! What can go wrong with a plan, beside what can go wrong with files and records.

use std::path::PathBuf;

use crate::domain::Moment;
use crate::message::{Explain, Message, Value};

/// See each variant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    Stopped,
    Changed(PathBuf),
    NoFile(PathBuf),
    OutputIsInput(PathBuf),
    StopsAll {
        row: u64,
        column: String,
        /// What is wrong, with its value.
        what: Message,
    },
    OtherRegistry {
        plan: String,
        registry: String,
    },
    Overtaken {
        made_at: Moment,
        records: Vec<String>,
    },
    Row {
        row: u64,
        why: Message,
    },
    NoRow(u64),
    NoParty(String),
    NothingChosen {
        unreadable: u64,
    },
    NoMapping(String),
    DoesNotAddUp {
        read: u64,
        found: u64,
    },
    MoneyDoesNotAddUp(u64),
}

explained!(ImportError);

/// How many records an error names before it counts the rest.
const NAMED: usize = 10;

impl Explain for ImportError {
    fn message(&self) -> Message {
        match self {
            Self::Stopped => message!("error-stopped"),
            Self::Changed(path) => message!("error-changed", path),
            Self::NoFile(path) => message!("error-no-file", path),
            Self::OutputIsInput(path) => message!("error-output-is-input", path),
            Self::StopsAll { row, column, what } => message!("error-stops-all", row, column, what),
            Self::OtherRegistry { plan, registry } => {
                message!("error-plan-of-other", plan, registry)
            }
            Self::Overtaken { made_at, records } => {
                let records = Value::some_of(records, NAMED);
                message!("error-plan-overtaken", made_at, records)
            }
            Self::Row { row, why } => message!("error-plan-row", row, why),
            Self::NoRow(row) => message!("error-plan-no-row", row),
            Self::NoParty(key) => message!("error-plan-no-party", key),
            Self::NothingChosen { unreadable: 0 } => message!("error-nothing-chosen"),
            Self::NothingChosen { unreadable } => {
                message!("error-all-unreadable", count = unreadable)
            }
            Self::NoMapping(name) => message!("error-no-mapping", name),
            Self::DoesNotAddUp { read, found } => message!("error-rows-lost", read, found),
            Self::MoneyDoesNotAddUp(row) => message!("error-money-lost", row),
        }
    }
}

impl ImportError {
    /// 1: the request or the data is at fault. 3: the surroundings are.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Stopped | Self::Changed(_) => 3,
            _ => 1,
        }
    }

    /// The key of what to do next, when there is something.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Stopped | Self::StopsAll { .. } => return None,
            Self::DoesNotAddUp { .. } => "hint-reject-instead",
            Self::MoneyDoesNotAddUp(_) => "hint-fault-of-program",
            Self::NoFile(_) => "hint-save-first",
            Self::OutputIsInput(_) => "hint-another-file",
            Self::Changed(_) => "hint-wait",
            Self::OtherRegistry { .. } => "hint-other-registry",
            Self::Overtaken { .. } => "hint-plan-again",
            Self::Row { .. } => "hint-plan-row",
            Self::NoRow(_) | Self::NoParty(_) => "hint-plan-lines",
            Self::NothingChosen { .. } => "hint-plan-csv",
            Self::NoMapping(_) => "hint-mapping-list",
        })
    }
}
