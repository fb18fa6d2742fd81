//! What can go wrong with the registry file, in the words of someone who has never heard of SQL.

use std::path::PathBuf;

use diesel::result::{DatabaseErrorKind, Error as Sql};

use super::check::Fault;
use super::link::Link;
use super::record::Kind;
use crate::domain::Moment;
use crate::merkle::tree::TreeError;

/// See each variant for what was at fault; [`Error::is_refusal`] tells the request from its surroundings.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("there is no registry at {0:?}")]
    Missing(PathBuf),
    #[error("there is a file at {0:?} already")]
    Exists(PathBuf),
    #[error("{0:?} is a folder, not a registry")]
    Folder(PathBuf),
    #[error("{0:?} is not a registry of this program")]
    NotARegistry(PathBuf),
    #[error("{path:?} has schema {found}, and this program is older: it knows schema {known}")]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error("{path:?} has the older schema {found}; this program needs schema {known}")]
    Older {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error("cannot open the registry at {path:?}")]
    Open {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("the registry cannot be put at {path:?}")]
    Place {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("the path {0:?} is not valid UTF-8")]
    Path(PathBuf),
    #[error("the registry is locked by another program that is writing to it")]
    Busy,
    #[error("the registry file may only be read")]
    ReadOnly,
    #[error("the disk is full")]
    Full,
    #[error("{what} {code:?} does not exist")]
    NotFound {
        what: &'static str,
        code: String,
        nearest: Option<String>,
    },
    #[error("{what} {text:?} can be any of {}", some_of(candidates))]
    Ambiguous {
        what: &'static str,
        text: String,
        candidates: Vec<String>,
    },
    #[error("{code} cannot be recorded so: {}", listed(faults))]
    Refused { code: String, faults: Vec<Fault> },
    #[error("{code} has no {what} {number}")]
    NoPart {
        what: &'static str,
        number: i32,
        code: String,
        /// Those that there are.
        numbers: String,
    },
    #[error("{what} {code:?} is still in use by {}", some_of(users))]
    InUse {
        what: &'static str,
        code: String,
        users: Vec<String>,
    },
    #[error("{what} {code:?} exists already")]
    Duplicate { what: &'static str, code: String },
    #[error("the clock of this machine says {now}, but the last batch was recorded at {last}")]
    ClockBehind { now: Moment, last: Moment },
    #[error("the registry recorded nothing by {time}: its first batch is of {first}")]
    NothingYet { time: Moment, first: Moment },
    #[error("batch {batch} has been undone already, by batch {by}")]
    TakenBack { batch: i64, by: i64 },
    #[error("there is no batch left to {0}")]
    NothingTo(&'static str),
    #[error(
        "batch {batch} cannot be undone, because later batches changed the same records: {}",
        named(records)
    )]
    Overtaken {
        batch: i64,
        /// With the batch that changed the record last.
        records: Vec<(Kind, String, i64)>,
    },
    #[error(
        "batch {batch} cannot be undone, because records would refer to others that would not be there: {}",
        linked(links)
    )]
    Dangling {
        batch: i64,
        /// A record, and what it refers to.
        links: Vec<Link>,
    },
    #[error("{code:?} is the code of several records: {}", kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    SeveralKinds { code: String, kinds: Vec<Kind> },
    #[error("the registry refused the change: {0}")]
    Constraint(String),
    #[error("the {kind} {code:?} of the journal cannot be read")]
    Document {
        kind: Kind,
        code: String,
        #[source]
        cause: serde_json::Error,
    },
    #[error("the question cannot be answered: {0}")]
    Question(String),
    #[error("the question was stopped after {0} seconds")]
    TooLong(f64),
    #[error("the registry holds records already")]
    NotEmpty,
    #[error("the journal is damaged: {0}")]
    Journal(String),
    #[error("the journal does not agree with its own proofs, so nothing is made from it")]
    Unproved,
    #[error("the schema cannot be brought up to date: {0}")]
    Migration(String),
    #[error("the records shipped with this program are damaged: {0}")]
    Seed(String),
    #[error("the registry file is damaged")]
    Corrupt,
    #[error("the registry could not be read or written")]
    Sql(#[source] Sql),
    #[error("the registry could not be read or written")]
    File(#[source] rusqlite::Error),
}

impl Error {
    /// Whether the request or the data was at fault, rather than the surroundings.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Missing(_)
                | Self::Exists(_)
                | Self::Folder(_)
                | Self::NotARegistry(_)
                | Self::NotFound { .. }
                | Self::Ambiguous { .. }
                | Self::Refused { .. }
                | Self::InUse { .. }
                | Self::NoPart { .. }
                | Self::Duplicate { .. }
                | Self::Constraint(_)
                | Self::NothingYet { .. }
                | Self::TakenBack { .. }
                | Self::NothingTo(_)
                | Self::Overtaken { .. }
                | Self::Dangling { .. }
                | Self::SeveralKinds { .. }
                | Self::Path(_)
                | Self::Journal(_)
                | Self::Unproved
                | Self::NotEmpty
                | Self::Question(_)
                | Self::TooLong(_)
                | Self::Document { .. }
        )
    }
}

/// The first of several, and how many there are besides.
fn some_of(items: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = items.iter().take(SHOWN).map(String::as_str).collect();
    match items.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Several faults in one line.
fn listed(faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("; ")
}

/// How many records an error names before it counts the rest.
const NAMED: usize = 10;

/// Records with the batches that changed them, in one line.
fn named(records: &[(Kind, String, i64)]) -> String {
    let one = |(kind, code, batch): &(Kind, String, i64)| format!("{kind} {code} (batch {batch})");
    let mut names: Vec<String> = records.iter().take(NAMED).map(one).collect();
    if records.len() > NAMED {
        names.push(format!("and {} more", records.len() - NAMED));
    }
    names.join(", ")
}

/// What refers to what, in one line.
fn linked(links: &[Link]) -> String {
    let one = |link: &Link| {
        let (from, to) = (&link.from, &link.to);
        let kind = |kind: Kind| kind.word().replace('_', " ");
        format!("{} {} to {} {}", kind(from.0), from.1, kind(to.0), to.1)
    };
    // Not all were looked for, so they are not counted.
    let mut names: Vec<String> = links.iter().take(NAMED).map(one).collect();
    if links.len() > NAMED {
        names.push("and more".to_owned());
    }
    names.join(", ")
}

impl Error {
    /// What the tree says of its tiles.
    pub(super) fn tree(error: TreeError<Self>) -> Self {
        match error {
            TreeError::Store(error) => error,
            damaged => Self::Journal(damaged.to_string()),
        }
    }
}

impl From<Sql> for Error {
    fn from(error: Sql) -> Self {
        use DatabaseErrorKind::{
            CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation,
        };
        match &error {
            Sql::DatabaseError(ForeignKeyViolation, _) => {
                Self::Constraint("it refers to a record that does not exist".to_owned())
            }
            Sql::DatabaseError(UniqueViolation | CheckViolation | NotNullViolation, info) => {
                Self::Constraint(info.message().to_owned())
            }
            // Diesel has no kinds for these results of SQLite; the message is all there is.
            Sql::DatabaseError(_, info) => match info.message() {
                "database is locked" => Self::Busy,
                "attempt to write a readonly database" => Self::ReadOnly,
                "database or disk is full" => Self::Full,
                "database disk image is malformed" | "file is not a database" => Self::Corrupt,
                _ => Self::Sql(error),
            },
            _ => Self::Sql(error),
        }
    }
}
