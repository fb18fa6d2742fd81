//! What can go wrong, as the user will hear it: the hint and the exit status that each kind earns.

use std::io;
use std::path::PathBuf;

use crate::commands::TrustError;
use crate::domain::Invalid;
use crate::{exchange, render, store};

/// Any failure of a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Render(#[from] render::Error),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("the bundle does not verify: {0} {noun}", noun = if *.0 == 1 { "finding" } else { "findings" })]
    BundleFindings(usize),
    #[error("the registry does not verify: {count} {noun}", noun = if *.count == 1 { "finding" } else { "findings" })]
    Findings {
        count: usize,
        /// Whether nothing is wrong but what a published checkpoint says.
        published_only: bool,
    },
    #[error("the copy does not verify ({0} {noun}), so it was thrown away", noun = if *.0 == 1 { "finding" } else { "findings" })]
    BadCopy(usize),
    #[error(transparent)]
    Import(#[from] crate::commands::import::ImportError),
    #[error(transparent)]
    Exchange(#[from] exchange::Error),
    #[error(transparent)]
    Document(#[from] crate::document::Error),
    /// What was typed and could not be recorded.
    #[error("{error}")]
    Kept { error: Box<Self>, path: PathBuf },
    #[error("a new project needs a title in one language")]
    NoTitle,
    #[error("{what} needs {option}, one of {words}")]
    Needs {
        what: &'static str,
        option: &'static str,
        words: String,
    },
    #[error("the questions were broken off, so nothing was recorded")]
    BrokenOff,
    #[error("cannot write the result")]
    Output(#[from] io::Error),
    #[error("cannot write {path:?}")]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("cannot tell from the name {0:?} which format is wanted")]
    Extension(PathBuf),
    #[error("this format is written to a file")]
    NoOutput,
    #[error("{option} cannot be used here: {why}")]
    OutOfPlace {
        option: &'static str,
        why: &'static str,
    },
    #[error("cannot read {path:?}")]
    Read {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("{0:?} is the registry itself")]
    OutputIsRegistry(PathBuf),
    #[error("errors that nobody has accepted: {0}")]
    ErrorsStand(usize),
    #[error("this machine does not say where a user's data belong")]
    NoDataDirectory,
}

impl Error {
    /// 1: the request or the data is at fault. 3: the surroundings failed and a retry may work.
    /// (0 is success, 2 is clap's for a malformed command line, 101 is a panic, so a bug.)
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Invalid(_) | Self::Extension(_) | Self::OutputIsRegistry(_) => 1,
            Self::Findings { .. } | Self::BundleFindings(_) | Self::BadCopy(_) => 1,
            Self::Trust(error) => error.status(),
            Self::ErrorsStand(_) => 1,
            Self::NoOutput | Self::OutOfPlace { .. } | Self::Needs { .. } => 1,
            Self::Import(error) => error.status(),
            Self::Store(error) if error.is_refusal() => 1,
            Self::Exchange(error) if error.is_refusal() => 1,
            Self::Read { cause, .. } if cause.kind() == io::ErrorKind::NotFound => 1,
            Self::Document(error) if error.is_refusal() => 1,
            Self::Render(render::Error::NotAs(_)) | Self::NoTitle | Self::BrokenOff => 1,
            Self::Kept { error, .. } => error.status(),
            _ => 3,
        }
    }

    /// Whether another look at the text that was typed can help.
    pub(crate) fn is_correctable(&self) -> bool {
        use crate::document::Error as Slip;
        match self {
            Self::Document(Slip::Slips(_) | Slip::OtherCode { .. }) | Self::Invalid(_) => true,
            Self::Store(error) => error.is_refusal(),
            _ => false,
        }
    }

    /// One thing to do next, when there is one.
    pub(crate) fn hint(&self) -> Option<String> {
        use store::Error as Store;
        let hint = match self {
            Self::Store(error) => match error {
                Store::Missing(path) => format!("check the path, or create a registry there with `tpmc init --registry {}`", path.display()),
                Store::Exists(_) => "choose another path, or remove the file yourself".to_owned(),
                Store::Folder(path) => format!("name a file in it, like {}", path.join("registry.db").display()),
                Store::NotARegistry(_) => "check the path; `tpmc init` creates a new registry".to_owned(),
                Store::Newer { .. } => "install the newer program; this one leaves the file alone".to_owned(),
                Store::Older { .. } => "bring it up to date with `tpmc migrate`, which keeps a copy".to_owned(),
                Store::Busy => "wait until the other program has finished, then try again".to_owned(),
                Store::ReadOnly => "ask for the right to write to the file, or work on a copy of it".to_owned(),
                Store::Full => "make room and try again; nothing was changed".to_owned(),
                Store::NotFound { nearest: Some(nearest), .. } => format!("did you mean {nearest:?}?"),
                Store::NotFound { what: "project", .. } => "`tpmc project list` shows every code".to_owned(),
                Store::NotFound { what: "country", .. } => "write the code of ISO 3166-1, like TH, or the name in English, Chinese or Japanese".to_owned(),
                Store::NotFound { what: "currency", .. } => "write the code of ISO 4217, like USD".to_owned(),
                Store::NotFound { what: "forum", .. } => "the first forum is F1; other stands for projects of no forum".to_owned(),
                Store::NotFound { what: "party", .. } => "`tpmc party list` shows every code; a new one is added with `tpmc party add`".to_owned(),
                Store::NotFound { what: "source", .. } => "`tpmc source list` shows every code; an address is taken too".to_owned(),
                Store::Ambiguous { .. } => "write its code".to_owned(),
                Store::Refused { faults, .. } if faults.iter().all(|fault| fault.is_step_back) => "if that is what happened, add --reopen and say why with --reason".to_owned(),
                Store::NoPart { what, numbers, .. } if numbers.is_empty() => format!("it has none; one is added with `tpmc {what} add`"),
                Store::NoPart { numbers, .. } => format!("it has {numbers}"),
                Store::InUse { .. } => "correct or remove those first".to_owned(),
                Store::ClockBehind { .. } => "set the clock right; the order of the journal depends on it".to_owned(),
                Store::Unproved => "`tpmc verify` shows what is wrong with it; restore a backup".to_owned(),
                Store::Question(_) => "`tpmc sql \"SELECT name, sql FROM sqlite_schema\"` shows the views and tables".to_owned(),
                Store::TooLong(_) => "ask a smaller question, or give it more time with --timeout".to_owned(),
                Store::Corrupt => "restore a backup; the file is not what SQLite wrote".to_owned(),
                error => return journal_hint(error),
            },
            Self::Render(render::Error::NotAs(format)) => instead_of(*format).to_owned(),
            Self::NoTitle => "name it with --title-en, --title-zh, --title-ja or --title-original; on a terminal, `tpmc project add` alone asks for every field".to_owned(),
            Self::Document(error) => return error.hint().map(str::to_owned),
            Self::Kept { path, .. } => format!("your text is kept in {}", path.display()),
            Self::Extension(_) => "say it with --format, or end the name in .txt, .json, .csv, .md, .html or .xlsx".to_owned(),
            Self::Trust(error) => return error.hint(),
            Self::BundleFindings(_) => "do not rely on it; ask the registry's office for it again, or for an explanation".to_owned(),
            Self::Exchange(exchange::Error::Nothing(_)) => "choose other projects; `tpmc project list` takes the same filters".to_owned(),
            Self::Exchange(exchange::Error::Changed(_)) => "wait until nobody writes to it, then try again".to_owned(),
            Self::Exchange(exchange::Error::Damaged { .. }) => "ask for the bundle again; `tpmc bundle` makes it".to_owned(),
            Self::Findings { published_only: true, .. } => "make sure that checkpoint, key and registry belong together; if they do, the registry was rewritten: keep it as it is, and restore a backup elsewhere".to_owned(),
            Self::Findings { .. } => "where the tables alone are wrong, `tpmc rebuild` makes them anew from the journal; else restore a backup".to_owned(),
            Self::BadCopy(_) => "`tpmc verify` lists what is wrong with the file that was copied; `tpmc export sqlite` copies it as it is".to_owned(),
            Self::Import(error) => return error.hint(),
            Self::NoOutput => "say where with -o FILE".to_owned(),
            Self::OutputIsRegistry(_) => "write the result to another file".to_owned(),
            Self::ErrorsStand(_) => "mend the records, or accept a finding for a time with `tpmc check waive`".to_owned(),
            Self::NoDataDirectory => "name the file with --registry".to_owned(),
            _ => return None,
        };
        Some(hint)
    }
}

/// What to do next when the journal does not allow something.
fn journal_hint(error: &store::Error) -> Option<String> {
    use store::Error as Store;
    let hint = match error {
        Store::NotFound { what: "batch", .. } => "`tpmc log` lists the batches".to_owned(),
        Store::NothingYet { .. } => "ask about that time or a later one; what happened by a day is asked with --as-of".to_owned(),
        Store::TakenBack { by, .. } => format!("`tpmc undo {by}` brings it back"),
        Store::NothingTo("undo") => "the first batch, on which everything rests, is only undone when it is named: `tpmc undo 1`".to_owned(),
        Store::NothingTo(_) => "`tpmc log` shows what was undone".to_owned(),
        Store::Overtaken { records, .. } => {
            let last = records.iter().map(|(.., batch)| *batch).max().unwrap_or_default();
            format!("undo the later batches first, the last of them with `tpmc undo {last}`, or correct the records themselves")
        }
        Store::Dangling { .. } => "undo or correct what refers to them first".to_owned(),
        Store::SeveralKinds { .. } => "say which one with --kind".to_owned(),
        _ => return None,
    };
    Some(hint)
}

/// What is written in a format in which a result is not.
fn instead_of(format: render::Format) -> &'static str {
    match format {
        render::Format::Toml => {
            "`tpmc project show CODE --format toml` writes a project to be edited"
        }
        render::Format::Xlsx => {
            "`tpmc report -o FILE.xlsx` makes a workbook of figures, `tpmc export xlsx` one of all records"
        }
        render::Format::Csv => {
            "`tpmc export csv` writes the projects; each part of the report has a command of its own"
        }
        _ => "`tpmc report -o FILE.html` makes a page",
    }
}
