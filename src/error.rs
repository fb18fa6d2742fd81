//! What can go wrong, as the user will hear it: the hint and the exit status that each kind earns.

mod draft;
mod import;
mod journal;
mod trust;

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::Invalid;
use crate::message::{Explain, Message, Value};
use crate::{exchange, merkle, render, store};
pub(crate) use draft::DraftError;
pub(crate) use import::ImportError;
pub(crate) use trust::TrustError;

/// Any failure of a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    Invalid(#[from] Invalid),
    Store(#[from] store::Error),
    Render(#[from] render::Error),
    Trust(#[from] TrustError),
    BundleFindings(usize),
    Findings {
        count: usize,
        /// Whether nothing is wrong but what a published checkpoint says.
        published_only: bool,
    },
    BadCopy(usize),
    Import(#[from] ImportError),
    Exchange(#[from] exchange::Error),
    Document(#[from] crate::document::Error),
    /// What was typed and could not be recorded.
    Kept {
        error: Box<Self>,
        path: PathBuf,
    },
    NoTitle,
    Needs {
        /// The key of the sentence.
        what: &'static str,
        option: &'static str,
        words: Vec<&'static str>,
    },
    /// Everything that is wrong with one request.
    Several(Vec<Self>),
    Resembles {
        name: String,
        /// Code, name, score and reasons of each.
        candidates: Vec<Message>,
    },
    NoAddress(String),
    /// No document is kept with the source of this code.
    NoDocument(String),
    /// A document of a type that could do more than be shown.
    NotShownHere {
        code: String,
        media_type: &'static str,
    },
    NoBrowser {
        browser: String,
        #[source]
        cause: io::Error,
    },
    Listen {
        address: std::net::SocketAddr,
        #[source]
        cause: io::Error,
    },
    NeedsPublicAddress,
    NotAnOrigin(String),
    Draft(#[from] DraftError),
    BrokenOff,
    Output(#[from] io::Error),
    /// What was asked for is done already.
    RecordedBefore(Box<store::Batch>),
    KeyTaken {
        key: String,
        batch: i64,
        command: String,
    },
    NotShown {
        batch: i64,
        #[source]
        error: Box<Self>,
    },
    Thread(#[source] io::Error),
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    Extension(PathBuf),
    NoOutput,
    OutOfPlace {
        option: &'static str,
        /// The key of the sentence.
        why: &'static str,
    },
    Read {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    OutputIsRegistry(PathBuf),
    ErrorsStand(usize),
    NoDataDirectory,
}

explained!(Error);

impl Explain for Error {
    fn message(&self) -> Message {
        match self {
            Self::Invalid(error) => error.message(),
            Self::Store(error) => error.message(),
            Self::Render(error) => error.message(),
            Self::Trust(error) => error.message(),
            Self::BundleFindings(count) => message!("error-bundle-findings", count),
            Self::Findings { count, .. } => message!("error-findings", count),
            Self::BadCopy(count) => message!("error-bad-copy", count),
            Self::Import(error) => error.message(),
            Self::Exchange(error) => error.message(),
            Self::Document(error) => error.message(),
            Self::Kept { error, .. } => error.message(),
            Self::NoTitle => message!("flaw-no_title"),
            Self::Needs {
                what,
                option,
                words,
            } => {
                message!("error-needs", what = Message::new(*what), option, words)
            }
            Self::Draft(error) => error.message(),
            Self::BrokenOff => message!("error-broken-off"),
            Self::Listen { address, .. } => message!("error-listen", address = address.to_string()),
            Self::NeedsPublicAddress => message!("error-needs-public-address"),
            Self::NotAnOrigin(address) => message!("error-not-an-origin", address),
            Self::Several(errors) => {
                message!("error-several", errors = Value::clauses(errors))
            }
            Self::Resembles { name, candidates } => {
                message!(
                    "error-resembles",
                    name,
                    candidates = Value::clauses(candidates)
                )
            }
            Self::NoAddress(code) => message!("error-no-address", code),
            Self::NoDocument(code) => message!("error-no-document", code),
            Self::NotShownHere { code, media_type } => {
                message!("error-not-shown-here", code, media_type)
            }
            Self::NoBrowser { browser, .. } => message!("error-no-browser", browser),
            Self::Output(_) => message!("error-output"),
            Self::RecordedBefore(batch) => {
                message!(
                    "error-recorded-before",
                    number = batch.number,
                    time = batch.recorded_at
                )
            }
            Self::KeyTaken {
                key,
                batch,
                command,
            } => {
                message!("error-key-taken", key, batch, command)
            }
            Self::NotShown { batch, .. } => message!("error-not-shown", batch),
            Self::Thread(_) => message!("error-thread"),
            Self::File { path, .. } => message!("error-write", path),
            Self::Extension(path) => message!("error-extension", path),
            Self::NoOutput => message!("error-no-output"),
            Self::OutOfPlace { option, why } => {
                message!("error-out-of-place", option, why = Message::new(*why))
            }
            Self::Read { path, .. } => message!("error-read", path),
            Self::OutputIsRegistry(path) => message!("error-output-is-registry", path),
            Self::ErrorsStand(count) => message!("error-errors-stand", count),
            Self::NoDataDirectory => message!("error-no-data-directory"),
        }
    }
}

impl Error {
    /// Returns what went wrong with a table at `path`, which is named where it could not be read.
    pub(crate) fn of_file(path: &Path, error: exchange::Error) -> Self {
        match error {
            exchange::Error::Read(cause) | exchange::Error::Write(cause) => Self::Read {
                path: path.to_owned(),
                cause,
            },
            error => error.into(),
        }
    }

    /// 1: the request or the data is at fault. 3: the surroundings failed and a retry may work.
    /// (0 is success, 2 is clap's for a malformed command line, 101 is a panic, so a bug.)
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Invalid(_) | Self::Extension(_) | Self::OutputIsRegistry(_) => 1,
            Self::Findings { .. } | Self::BundleFindings(_) | Self::BadCopy(_) => 1,
            Self::Trust(error) => error.status(),
            Self::ErrorsStand(_) | Self::Draft(_) => 1,
            Self::NoOutput | Self::OutOfPlace { .. } | Self::Needs { .. } => 1,
            Self::Import(error) => error.status(),
            Self::Store(error) if error.is_refusal() => 1,
            Self::Exchange(error) if error.is_refusal() => 1,
            Self::Read { cause, .. } if crate::input::is_refusal(cause) => 1,
            Self::Document(error) if error.is_refusal() => 1,
            Self::Render(render::Error::NotAs(_)) | Self::NoTitle | Self::BrokenOff => 1,
            Self::Kept { error, .. } | Self::NotShown { error, .. } => error.status(),
            Self::RecordedBefore(_) => 0,
            Self::KeyTaken { .. } | Self::Several(_) | Self::Resembles { .. } => 1,
            Self::NoAddress(_) | Self::NoDocument(_) | Self::NotShownHere { .. } => 1,
            Self::NeedsPublicAddress | Self::NotAnOrigin(_) => 1,
            _ => 3,
        }
    }

    /// Whether another look at the text that was typed can help.
    pub(crate) fn is_correctable(&self) -> bool {
        use crate::document::Error as Slip;
        match self {
            Self::Document(Slip::Slips(_) | Slip::OtherCode { .. } | Slip::Conflict { .. })
            | Self::Invalid(_) => true,
            Self::Several(errors) => errors.iter().any(Self::is_correctable),
            Self::Resembles { .. } => true,
            Self::Store(error) => error.is_refusal(),
            _ => false,
        }
    }

    /// Returns everything that is wrong as one error.
    pub(crate) fn several(mut wrong: Vec<Self>) -> Self {
        let mut seen = std::collections::BTreeSet::new();
        wrong.retain(|error| seen.insert(error.to_string()));
        match wrong.pop() {
            Some(only) if wrong.is_empty() => only,
            last => Self::Several(wrong.into_iter().chain(last).collect()),
        }
    }

    /// Returns what is wrong, one thing a line, each with what to do about it.
    pub(crate) fn findings(&self) -> Vec<Message> {
        let mut findings: Vec<Message> = match self {
            Self::Several(errors) => return errors.iter().flat_map(Self::findings).collect(),
            Self::Store(store::Error::Refused { faults, .. }) => {
                faults.iter().map(Explain::message).collect()
            }
            Self::Document(crate::document::Error::Slips(slips)) => {
                slips.iter().map(Explain::message).collect()
            }
            error => vec![error.message()],
        };
        findings.extend(self.hint().map(|hint| message!("finding-with-hint", hint)));
        findings
    }

    /// One thing to do next, when there is one.
    pub(crate) fn hint(&self) -> Option<Message> {
        use exchange::Error as Exchange;
        Some(match self {
            Self::Store(error) => return store_hint(error).or_else(|| journal::hint(error)),
            Self::Render(render::Error::NotAs(format)) => instead_of(*format),
            Self::NoTitle => message!("hint-title"),
            Self::Draft(error) => return error.hint(),
            Self::Resembles { .. } => message!("hint-resembles"),
            Self::NoBrowser { .. } => message!("hint-browser"),
            Self::NoDocument(code) => message!("hint-attach", code),
            Self::NotShownHere { code, .. } => message!("hint-save-document", code),
            Self::Document(error) => return error.hint().map(Message::new),
            Self::KeyTaken { .. } => message!("hint-idempotency-key"),
            Self::NotShown { batch, .. } => message!("hint-recorded", batch),
            Self::Kept { error, path } => match **error {
                Self::Document(crate::document::Error::Conflict { .. }) => {
                    message!("hint-text-merged", path)
                }
                _ => message!("hint-text-kept", path),
            },
            Self::Extension(_) => message!("hint-format"),
            Self::Trust(error) => return error.hint().map(Message::new),
            Self::BundleFindings(_) => message!("hint-bundle-findings"),
            Self::Exchange(Exchange::Nothing(_)) => message!("hint-other-projects"),
            Self::Exchange(Exchange::Changed(_)) => message!("hint-wait"),
            Self::Exchange(Exchange::Damaged { .. }) => message!("hint-bundle-again"),
            Self::Findings {
                published_only: true,
                ..
            } => message!("hint-rewritten"),
            Self::Findings { .. } => message!("hint-findings"),
            Self::BadCopy(_) => message!("hint-bad-copy"),
            Self::Import(error) => return error.hint().map(Message::new),
            Self::NoOutput => message!("hint-output-file"),
            Self::OutputIsRegistry(_) => message!("hint-another-file"),
            Self::ErrorsStand(_) => message!("hint-waive"),
            Self::NoDataDirectory => message!("hint-registry-option"),
            _ => return None,
        })
    }
}

/// What to do next about the file, or about what was named and is not there.
fn store_hint(error: &store::Error) -> Option<Message> {
    use store::Error as Store;
    Some(match error {
        Store::Missing(path) => message!("hint-init", path),
        Store::Exists(_) => message!("hint-another-path"),
        Store::Folder(path) => message!("hint-file-in-folder", path = path.join("registry.db")),
        Store::NotARegistry(_) => message!("hint-not-a-registry"),
        Store::Newer { .. } => message!("hint-newer-program"),
        Store::Older { .. } => message!("hint-migrate"),
        Store::Busy => message!("hint-wait-for-program"),
        Store::Held { .. } => message!("hint-wait-for-it"),
        Store::Replaced | Store::Changed => message!("hint-again"),
        Store::Layout(_) => message!("hint-layout"),
        Store::Leftover(_) => message!("hint-leftover"),
        Store::Misplaced { .. } => message!("hint-misplaced"),
        Store::ReadOnly => message!("hint-read-only"),
        Store::Full => message!("hint-disk-full"),
        Store::NotFound {
            nearest: Some(nearest),
            ..
        } => message!("hint-nearest", nearest),
        Store::NotFound { what, .. } => Message::new(match *what {
            "project" => "hint-project-list",
            "country" => "hint-country",
            "currency" => "hint-currency",
            "forum" => "hint-forum",
            "party" => "hint-party-list",
            "source" => "hint-source-list",
            "batch" => "hint-log",
            _ => return None,
        }),
        Store::Ambiguous { .. } => message!("hint-write-code"),
        Store::Refused { faults, .. } if faults.iter().all(|fault| fault.is_step_back) => {
            message!("hint-reopen")
        }
        Store::NoPart { what, numbers, .. } if numbers.is_empty() => message!("hint-no-part", what),
        Store::NoPart { numbers, .. } => message!("hint-parts", numbers),
        Store::InUse { .. } => message!("hint-in-use"),
        Store::Unproved => message!("hint-unproved"),
        Store::Content(_) => message!("hint-content"),
        Store::Question(_) => message!("hint-query"),
        Store::TooLong(_) => message!("hint-query-too-long"),
        Store::Corrupt => message!("hint-corrupt"),
        Store::Server(error) => return error.hint(),
        _ => return None,
    })
}

/// What is written in a format in which a result is not.
fn instead_of(format: render::Format) -> Message {
    match format {
        render::Format::Toml => message!("hint-as-toml"),
        render::Format::Xlsx => message!("hint-as-xlsx"),
        render::Format::Docx => message!("hint-as-docx"),
        render::Format::Csv => message!("hint-as-csv"),
        _ => message!("hint-as-html"),
    }
}

/// What is said of a cause: a failure of this program, of the system or of a library, whose words nobody translates.
pub(crate) fn explained_cause(cause: &(dyn std::error::Error + 'static)) -> Message {
    macro_rules! one_of {
        ($($name:ty),+ $(,)?) => {
            $(if let Some(error) = cause.downcast_ref::<$name>() {
                return error.message();
            })+
        };
    }
    one_of!(
        Error,
        Box<Error>,
        Invalid,
        store::Error,
        render::Error,
        exchange::Error,
        crate::document::Error,
        DraftError,
        ImportError,
        TrustError,
        merkle::checkpoint::CheckpointError,
        merkle::key::KeyError,
        merkle::note::NoteError,
        merkle::policy::PolicyError,
        merkle::proof::ProofError,
        merkle::verify::VerifyError,
    );
    match cause.downcast_ref::<io::Error>() {
        Some(error) => crate::input::explained(error),
        None => Message::foreign(cause),
    }
}
