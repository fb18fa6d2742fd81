//! The registry file: opening, the journal, the records and the queries over them. Only this module speaks SQL.
//!
//! A registry that a server keeps is the same file, as a copy that follows the journal on the server: see [`copied`].
//!
//! There is one way to write: [`Store::write`], which appends to the journal and projects what it appends into the tables.
//! Nothing else inserts, updates or deletes, but [`desk`], which keeps what is no record.

mod backend;
mod canonical;
mod check;
mod codec;
mod content;
mod copied;
mod copy;
mod create;
mod deferred;
mod desk;
mod draft;
mod error;
mod file;
mod finding;
mod history;
mod holder;
mod journal;
mod keys;
mod known;
mod layout;
mod link;
mod links;
mod list;
mod lookup;
mod medium;
mod migrate;
mod mint;
mod open;
mod page;
#[cfg(feature = "postgres")]
mod postgres;
mod projection;
mod proofs;
mod read;
mod rebuild;
mod record;
mod rows;
mod schema;
mod search;
mod seed;
mod server;
mod steps;
mod tally;
mod tiles;
mod transfer;
mod undo;
mod values;
mod verify;

use std::path::PathBuf;

use backend::Db;
pub(crate) use check::{Referred, party_faults, project_faults, text_faults};
pub(crate) use content::{LARGEST_DOCUMENT, sha256};
pub(crate) use copied::holder;
pub(crate) use copy::Replaced;
pub(crate) use desk::{Account, DraftFile, NewDraft, Waiting};
pub(crate) use error::{Error, ServerError};
pub(crate) use file::{Answer, Limits, Value};
pub(crate) use finding::{Fault, Finding};
pub(crate) use history::{BatchChoice, Dated};
pub(crate) use journal::{Batch, Given, Intent, JournalReader, Said, Writer};
pub(crate) use keys::ProjectKey;
pub(crate) use list::{Committed, Filter, Line, LineParty, NOT_STATED, Wanted};
pub(crate) use open::Access;
pub(crate) use proofs::ProvedEntry;
pub(crate) use read::Reader;
pub(crate) use record::*;
pub(crate) use search::{Hit, searchable};
pub(crate) use seed::{
    Choices as SeedChoices, Contents, Open as OpenSeed, Outcome as SeedOutcome, Why as WhyOpen,
};
pub(crate) use steps::{Step, Trace};
pub(crate) use tally::Tally;
pub(crate) use transfer::files_only;
pub(crate) use verify::{Checked, differences};

/// The records shipped with the program, for tests that want to see real ones.
#[cfg(test)]
pub(crate) fn shipped() -> Vec<Document> {
    seed::documents(Contents::Everything).unwrap_or_default()
}

/// An open registry file.
pub(crate) struct Store {
    db: Db,
    path: PathBuf,
    opened: medium::Opened,
    /// The server whose journal the file is a copy of.
    server: Option<server::Server>,
}
