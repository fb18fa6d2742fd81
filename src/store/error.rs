//! What can go wrong with the registry file, in the words of someone who has never heard of SQL.

mod server;

use std::path::PathBuf;

use diesel::result::{DatabaseErrorKind, Error as Sql};

use super::Batch;
use super::check::Fault;
use super::layout::Differing;
use super::record::{Document, Kind};
use crate::domain::Moment;
use crate::merkle::tree::TreeError;
use crate::message::{Explain, Fill, Message, Value};
pub(crate) use server::ServerError;

/// A record that refers to another, each by kind and code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    pub(crate) from: (Kind, String),
    pub(crate) to: (Kind, String),
}

/// See each variant for what was at fault; [`Error::is_refusal`] tells the request from its surroundings.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    Missing(PathBuf),
    Exists(PathBuf),
    Folder(PathBuf),
    NotARegistry(PathBuf),
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    Older {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    Open {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    Place {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    Path(PathBuf),
    Busy,
    Held {
        by: Message,
    },
    Replaced,
    Changed,
    Layout(Vec<Differing>),
    Leftover(PathBuf),
    Misplaced {
        path: PathBuf,
        findings: usize,
    },
    ReadOnly,
    Full,
    /// A draft, by its number, on which somebody has decided already.
    Decided(i64),
    /// A batch that whoever records has not seen.
    Unseen,
    NotFound {
        what: &'static str,
        code: String,
        nearest: Option<String>,
    },
    Ambiguous {
        what: &'static str,
        text: String,
        candidates: Vec<String>,
    },
    Refused {
        code: String,
        faults: Vec<Fault>,
    },
    NoPart {
        what: &'static str,
        number: i32,
        code: String,
        /// Those that there are.
        numbers: String,
    },
    InUse {
        what: &'static str,
        code: String,
        users: Vec<String>,
    },
    Decision {
        code: String,
        /// The key of the sentence.
        why: &'static str,
    },
    Duplicate {
        what: &'static str,
        code: String,
    },
    ClockBehind {
        now: Moment,
        last: Box<Batch>,
        apart: Message,
    },
    ClockAhead {
        now: Moment,
        last: Box<Batch>,
        apart: Message,
    },
    OfAnother {
        /// The key of `undone` or `redone`.
        what: &'static str,
        batch: Box<Batch>,
    },
    NothingYet {
        time: Moment,
        first: Moment,
    },
    TakenBack {
        batch: i64,
        by: i64,
    },
    NothingTo(&'static str),
    Overtaken {
        batch: i64,
        /// With the batch that changed the record last.
        records: Vec<(Kind, String, i64)>,
    },
    Dangling {
        batch: i64,
        /// A record, and what it refers to.
        links: Vec<Link>,
    },
    SeveralKinds {
        code: String,
        kinds: Vec<Kind>,
    },
    Constraint(Message),
    Document {
        kind: Kind,
        code: String,
        #[source]
        cause: serde_json::Error,
    },
    Question(Message),
    TooLong(f64),
    NotEmpty,
    /// A kept document, by its SHA-256, is not there or was changed.
    Content(String),
    Journal(Message),
    Unproved,
    Migration(Message),
    Seed(String),
    Server(#[from] ServerError),
    Corrupt,
    Sql(#[source] Sql),
    File(#[source] rusqlite::Error),
}

impl Error {
    /// Whether the request or the data was at fault, rather than the surroundings.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self, Self::Server(error) if error.is_refusal())
            || matches!(
                self,
                Self::Missing(_)
                    | Self::Exists(_)
                    | Self::Folder(_)
                    | Self::NotARegistry(_)
                    | Self::NotFound { .. }
                    | Self::Decided(_)
                    | Self::Unseen
                    | Self::Ambiguous { .. }
                    | Self::Decision { .. }
                    | Self::Refused { .. }
                    | Self::InUse { .. }
                    | Self::NoPart { .. }
                    | Self::Duplicate { .. }
                    | Self::Constraint(_)
                    | Self::NothingYet { .. }
                    | Self::ClockBehind { .. }
                    | Self::ClockAhead { .. }
                    | Self::TakenBack { .. }
                    | Self::NothingTo(_)
                    | Self::OfAnother { .. }
                    | Self::Overtaken { .. }
                    | Self::Dangling { .. }
                    | Self::SeveralKinds { .. }
                    | Self::Path(_)
                    | Self::Layout(_)
                    | Self::Leftover(_)
                    | Self::Misplaced { .. }
                    | Self::Journal(_)
                    | Self::Unproved
                    | Self::NotEmpty
                    | Self::Content(_)
                    | Self::Question(_)
                    | Self::TooLong(_)
                    | Self::Document { .. }
                    | Self::Corrupt
            )
    }
}

/// How many things an error names before it counts the rest.
const NAMED: usize = 10;

explained!(Error);

impl Explain for Error {
    #[expect(clippy::too_many_lines, reason = "one sentence for each error")]
    fn message(&self) -> Message {
        match self {
            Self::Missing(path) => message!("error-no-registry", path),
            Self::Exists(path) => message!("error-file-exists", path),
            Self::Folder(path) => message!("error-folder", path),
            Self::NotARegistry(path) => message!("error-not-a-registry", path),
            Self::Newer { path, found, known } => message!("error-newer", path, found, known),
            Self::Older { path, found, known } => message!("error-older", path, found, known),
            Self::Open { path, .. } => message!("error-open-registry", path),
            Self::Place { path, .. } => message!("error-place-registry", path),
            Self::Path(path) => message!("error-path", path),
            Self::Busy => message!("error-locked"),
            Self::Held { by } => message!("error-locked-by", by),
            Self::Replaced => message!("error-replaced"),
            Self::Changed => message!("error-registry-changed"),
            Self::Layout(differing) => {
                message!("error-layout", what = Value::some_of(differing, NAMED))
            }
            Self::Leftover(path) => message!("error-leftover", path),
            Self::Misplaced { path, findings } => {
                message!("error-misplaced", path, count = findings)
            }
            Self::ReadOnly => message!("error-read-only"),
            Self::Full => message!("error-disk-full"),
            Self::Decided(number) => message!("error-draft-decided", number),
            Self::Unseen => message!("error-unseen"),
            Self::NotFound { what, code, .. } => {
                message!("error-not-found", what = record_word(what), code)
            }
            Self::Ambiguous {
                what,
                text,
                candidates,
            } => message!(
                "error-ambiguous",
                what = record_word(what),
                text,
                candidates = Value::some_of(candidates, NAMED)
            ),
            Self::Refused { code, faults } => {
                message!("error-refused", code, faults = Value::clauses(faults))
            }
            Self::NoPart {
                what, number, code, ..
            } => message!("error-no-part", what = record_word(what), number, code),
            Self::InUse { what, code, users } => message!(
                "error-in-use",
                what = record_word(what),
                code,
                users = Value::some_of(users, NAMED)
            ),
            Self::Decision { code, why } => {
                message!("error-decision", code, why = Message::new(*why))
            }
            Self::Duplicate { what, code } => {
                message!("error-duplicate", what = record_word(what), code)
            }
            Self::ClockBehind { now, last, apart } => message!(
                "error-clock-behind",
                now,
                apart,
                actor = last.actor,
                number = last.number,
                time = last.recorded_at
            ),
            Self::ClockAhead { now, last, apart } => message!(
                "error-clock-ahead",
                now,
                apart,
                actor = last.actor,
                number = last.number,
                time = last.recorded_at
            ),
            Self::OfAnother { what, batch } => message!(
                "error-batch-of-another",
                what = Message::new(*what),
                actor = batch.actor,
                number = batch.number,
                time = batch.recorded_at,
                command = batch.command
            ),
            Self::NothingYet { time, first } => message!("error-nothing-yet", time, first),
            Self::TakenBack { batch, by } => message!("error-undone-before", batch, by),
            Self::NothingTo("undo") => message!("error-nothing-to-undo"),
            Self::NothingTo(_) => message!("error-nothing-to-redo"),
            Self::Overtaken { batch, records } => {
                let records: Vec<Message> = records.iter().map(changed_record).collect();
                let records = Value::some_of(&records, NAMED);
                message!("error-overtaken", batch, records)
            }
            Self::Dangling { batch, links } => {
                // Not all were looked for, so they are not counted.
                let others = (links.len() > NAMED).then(|| message!("and-others").value());
                let links = links.iter().take(NAMED).map(Fill::value).chain(others);
                message!("error-dangling", batch, links = links.collect::<Vec<_>>())
            }
            Self::SeveralKinds { code, kinds } => message!("error-several-kinds", code, kinds),
            Self::Constraint(why) => message!("error-constraint", why),
            Self::Document { kind, code, .. } => message!("error-document", kind, code),
            Self::Question(why) => message!("error-query", why),
            Self::TooLong(seconds) => message!("error-query-too-long", seconds),
            Self::NotEmpty => message!("error-not-empty"),
            Self::Content(sha256) => message!("error-content", sha256),
            Self::Journal(why) => message!("error-journal", why),
            Self::Unproved => message!("error-unproved"),
            Self::Migration(why) => message!("error-migration", why),
            Self::Seed(why) => message!("error-seed", why),
            Self::Server(error) => error.message(),
            Self::Corrupt => message!("error-corrupt"),
            Self::Sql(_) | Self::File(_) => message!("error-sql"),
        }
    }
}

/// A kind of record, or of its parts, in the reader's language.
fn record_word(what: &str) -> Message {
    Message::new(format!("record-{what}"))
}

fn changed_record((kind, code, batch): &(Kind, String, i64)) -> Message {
    message!("error-changed-record", kind, code, batch)
}

impl Fill for Link {
    fn value(&self) -> Value {
        let ((kind, code), (to_kind, to_code)) = (&self.from, &self.to);
        message!("error-link", kind, code, to_kind, to_code).value()
    }
}

impl Error {
    /// Returns the refusal of a document that holds what no column can have.
    pub(super) fn document(document: &Document, cause: serde_json::Error) -> Self {
        Self::Document {
            kind: document.kind(),
            code: document.code().to_owned(),
            cause,
        }
    }

    /// What the tree says of its tiles.
    pub(super) fn tree(error: TreeError<Self>) -> Self {
        match error {
            TreeError::Store(error) => error,
            damaged => Self::Journal(damaged.message()),
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
                Self::Constraint(message!("why-no-such-record"))
            }
            Sql::DatabaseError(UniqueViolation | CheckViolation | NotNullViolation, info) => {
                Self::Constraint(Message::foreign(info.message()))
            }
            // Diesel has no kinds for these results of SQLite; the message is all there is.
            Sql::DatabaseError(_, info) => match info.message() {
                "database is locked" => Self::Busy,
                // The file was opened, so this is about what SQLite writes beside it.
                "attempt to write a readonly database" | "unable to open database file" => {
                    Self::ReadOnly
                }
                "database or disk is full" => Self::Full,
                "database disk image is malformed" | "file is not a database" => Self::Corrupt,
                message if message.starts_with("malformed database schema") => Self::Corrupt,
                _ => Self::Sql(error),
            },
            // A cell that is not what its column says, like text that is not UTF-8.
            Sql::DeserializationError(_) => Self::Corrupt,
            _ => Self::Sql(error),
        }
    }
}
