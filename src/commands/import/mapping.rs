//! `tpmc import mapping`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::exchange;
use crate::message::Message;
use crate::output::Output;
use crate::report::Shown;
use crate::store::{self, Mapping as Kept};

/// Keep mappings in the registry under a name
#[derive(Debug, Subcommand)]
#[command(after_help = "Example: tpmc import mapping add ministry ministry.toml")]
pub(crate) enum Mapping {
    Add(Add),
    List(List),
    Show(Show),
    Remove(Remove),
}

/// Keep a mapping, or a newer version of it
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc import mapping add ministry ministry.toml --reason 'list of 2026'"
)]
pub(crate) struct Add {
    /// What it is called: letters, digits, hyphens and underscores
    name: String,
    /// The mapping, in TOML
    file: PathBuf,
    #[command(flatten)]
    write: WriteArgs,
}

/// List the mappings that the registry keeps
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc import mapping list")]
pub(crate) struct List {
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("name", "field-name"),
    Shown::plain("lines", "import-lines"),
    Shown::plain("about", "import-about").optional(),
];

/// Print a mapping as it was written
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc import mapping show ministry > ministry.toml")]
pub(crate) struct Show {
    /// Its name
    name: String,
}

/// Take a mapping out of the registry; the journal keeps it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc import mapping remove ministry")]
pub(crate) struct Remove {
    /// Its name
    name: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Mapping {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Error> {
        let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        if self.name.is_empty() || !self.name.chars().all(is_name) {
            let why = "why-mapping-name";
            return Err(Invalid::new("what-mapping-name", self.name, why).into());
        }
        let text = crate::input::text(&self.file).map_err(|cause| Error::Read {
            path: self.file.clone(),
            cause,
        })?;
        exchange::Mapping::from_toml(&self.file.display().to_string(), &text)?;
        record(context, "import mapping add", &self.write, false, |desk| {
            let kept = Kept::named(&self.name, text);
            desk.save(kept.clone())?;
            let told = named(&kept.code);
            Done::about(kept, told)
        })
    }
}

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        let fields = |mapping: Kept| {
            json!({
                "name": mapping.code,
                "lines": mapping.text.lines().count(),
                "about": about(&mapping.text),
            })
        };
        self.listed.show(context, COLUMNS, |reader| {
            let kept = reader.all::<Kept>()?.into_iter();
            Ok(kept.map(move |mapping| (fields(mapping), Vec::new())))
        })
    }
}

impl Show {
    fn run(self, context: &Context) -> Result<(), Error> {
        let kept = context.read(|reader| found(&self.name, reader))?;
        match context.output() {
            Some(_) => context.out.data(kept.text.as_bytes()),
            None => Output::print(kept.text.as_bytes()),
        }
    }
}

impl Remove {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(
            context,
            "import mapping remove",
            &self.write,
            false,
            |desk| {
                let kept = found(&self.name, &mut desk.reader())?;
                desk.remove(kept.clone())?;
                Ok(Done {
                    told: message!("told-removal", what = named(&kept.code)),
                    code: kept.code,
                    document: serde_json::Value::Null,
                })
            },
        )
    }
}

/// What a mapping says that it is for.
fn about(text: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(text).ok()?;
    Some(table.get("about")?.as_str()?.to_owned())
}

fn found(name: &str, reader: &mut store::Reader<'_>) -> Result<Kept, Error> {
    let kept = reader.find::<Kept>(name)?;
    kept.ok_or_else(|| super::ImportError::NoMapping(name.to_owned()).into())
}

/// A kept mapping, in sentences about it.
fn named(code: &str) -> Message {
    message!("told-mapping", code)
}
