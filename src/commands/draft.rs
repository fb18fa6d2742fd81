//! `tpmc draft`: entries of the web desk that wait for a second person.

mod approve;

use std::ffi::OsString;

use clap::{Args, Subcommand};
use serde_json::{Map, Value};

use super::listed::ListedArgs;
use super::options::text;
use super::program::Program;
use crate::context::Context;
use crate::error::Error;
use crate::report::{Holds, Shown};
use crate::store::{Access, Waiting};

/// What stands in a draft's arguments for the file that it needs.
pub(crate) const FILE: &str = "\u{fffc}";

/// Decide on the entries of the web desk that wait for a second person
///
/// Where `tpmc serve --approval` runs, an entry is recorded only when somebody else has approved it. Until then it is a draft: a command
/// that is kept beside the journal with what its author saw. The batch has its author as actor; its reason names who approved.
#[derive(Debug, Subcommand)]
pub(crate) enum Draft {
    List(List),
    Show(Show),
    Approve(approve::Approve),
    Refuse(Refuse),
}

impl Draft {
    pub(crate) fn run(self, context: &Context, program: Program) -> Result<(), Error> {
        match self {
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Approve(command) => command.run(context, program),
            Self::Refuse(command) => command.run(context),
        }
    }
}

/// List the drafts that wait, the newest first
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc draft list --all")]
pub(crate) struct List {
    /// Those that were decided on, too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("number", "field-draft").leading_to("draft"),
    Shown::holding(Holds::Time, "made_at", "field-made_at"),
    Shown::plain("author", "field-author"),
    Shown::plain("line", "field-command_line"),
    Shown::plain("decided_by", "field-decided_by").optional(),
    Shown::holding(Holds::Time, "decided_at", "field-decided_at").optional(),
    Shown::plain("batch", "field-batch")
        .optional()
        .leading_to("batch"),
    Shown::plain("reason", "field-reason").optional(),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let drafts = reader.drafts(self.all)?.into_iter();
            Ok(drafts.map(|draft| (Map::new(), fields(&draft))))
        })
    }
}

/// Show a draft
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc draft show 3\n         tpmc draft approve 3 --dry-run")]
pub(crate) struct Show {
    /// Its number in `tpmc draft list`
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    number: i64,
}

impl Show {
    fn run(self, context: &Context) -> Result<(), Error> {
        ListedArgs::default().show(context, COLUMNS, |reader| {
            let draft = reader.draft(self.number)?;
            Ok([(Map::new(), fields(&draft))])
        })
    }
}

/// Refuse a draft: it is not recorded, and its author sees the reason
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc draft refuse 3 --reason 'the source says 2025'")]
pub(crate) struct Refuse {
    /// Its number in `tpmc draft list`
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    number: i64,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = text)]
    reason: String,
}

impl Refuse {
    fn run(self, context: &Context) -> Result<(), Error> {
        let by = context.actor();
        let mut store = context.store(Access::Write)?;
        store.read(|reader| Ok::<_, Error>(reader.draft(self.number)?))?;
        store.decide_draft(self.number, (&by, context.now()), Err(&self.reason))?;
        let number = self.number;
        context.out.say(&message!("receipt-draft-refused", number));
        Ok(())
    }
}

/// Returns the fields of a draft that people see.
fn fields(draft: &Waiting) -> Vec<(&'static str, Value)> {
    let time = |time: crate::domain::Moment| Value::from(time.to_string());
    vec![
        ("number", Value::from(draft.number)),
        ("made_at", time(draft.made_at)),
        ("author", Value::from(draft.author.as_str())),
        ("command", Value::from(draft.command.as_str())),
        ("line", Value::from(line(draft))),
        ("decided_by", Value::from(draft.decided_by.as_deref())),
        ("decided_at", draft.decided_at.map_or(Value::Null, time)),
        ("batch", Value::from(draft.batch)),
        ("reason", Value::from(draft.reason.as_deref())),
    ]
}

/// Returns the command line of a draft as one would type it.
fn line(draft: &Waiting) -> String {
    let file = draft.file_name.as_deref().unwrap_or_default();
    let words = arguments(draft).into_iter().filter(|word| word != "--");
    let words = words.map(|word| word.replace(FILE, file));
    let words: Vec<String> = draft
        .command
        .split(' ')
        .map(str::to_owned)
        .chain(words)
        .collect();
    let words = words.iter().map(String::as_str);
    // A NUL cannot be typed; what holds one is shown as it is.
    shlex::try_join(words.clone()).unwrap_or_else(|_| words.collect::<Vec<_>>().join(" "))
}

fn arguments(draft: &Waiting) -> Vec<String> {
    serde_json::from_str(&draft.arguments).unwrap_or_default()
}

/// Returns a command line as a draft keeps it.
pub(super) fn kept_line(arguments: &[OsString]) -> String {
    let words: Vec<Value> = arguments
        .iter()
        .map(|word| Value::from(word.to_string_lossy()))
        .collect();
    Value::from(words).to_string()
}

/// Returns what a dry run said in JSON, without the batch that it would be: the same entry seen later gives the same text.
pub(super) fn seen(result: &[u8]) -> String {
    let mut preview: Value = serde_json::from_slice(result).unwrap_or_default();
    if let Some(fields) = preview.as_object_mut() {
        fields.remove("batch");
    }
    preview.to_string()
}
