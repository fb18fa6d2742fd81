//! `tpmc docs`

/// A page that stands in each language.
macro_rules! translated {
    ($name:literal) => {
        (
            $name,
            [
                include_str!(concat!("../../docs/src/", $name, ".md")),
                include_str!(concat!("../../docs/src/zh/", $name, ".md")),
                include_str!(concat!("../../docs/src/ja/", $name, ".md")),
            ],
        )
    };
}

/// A page in English alone.
macro_rules! english {
    ($name:literal) => {
        (
            $name,
            [include_str!(concat!("../../docs/src/", $name, ".md")); 3],
        )
    };
}

macro_rules! mapping {
    ($name:literal) => {
        (
            concat!("mappings/", $name),
            include_str!(concat!("../../seeds/mappings/", $name, ".toml")),
        )
    };
}

mod commands;
mod install;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::help;
use crate::context::Context;
use crate::domain::{Language, nearest};
use crate::error::Error;
use crate::language::Labels;
use crate::render::{self, Format};
use crate::report::{Listing, Shown};
use crate::store;

/// Print the guides, the reference and examples of mappings, which are in the program
///
/// Without a page, they are listed. A guide that is not translated is printed in English.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc docs secretariat\n         tpmc docs mappings/gcdf-1.0 -o gcdf.toml\n         tpmc docs --install"
)]
pub(crate) struct Docs {
    /// The page, as the list names it
    page: Option<String>,
    /// Write the manual pages and the completions of bash, zsh and fish beneath a folder, ~/.local without one
    #[arg(long, value_name = "FOLDER", conflicts_with = "page")]
    install: Option<Option<PathBuf>>,
}

/// The page that is made of what the program says about itself.
const COMMANDS: &str = "reference/commands";

/// The pages of the book in English, Chinese and Japanese.
const PAGES: &[(&str, [&str; 3])] = &[
    english!("tour"),
    translated!("officials"),
    translated!("secretariat"),
    translated!("auditors"),
    translated!("administrators"),
    english!("web"),
    english!("import"),
    english!("export"),
    english!("reference/sheet"),
    english!("reference/mapping"),
    english!("reference/words"),
    english!("reference/json"),
    english!("reference/sql"),
    english!("reference/findings"),
    english!("reference/journal"),
    english!("reference/proofs"),
    english!("data"),
    english!("performance"),
    english!("architecture"),
    ("security", [include_str!("../../SECURITY.md"); 3]),
    ("changes", [include_str!("../../CHANGELOG.md"); 3]),
];

/// Mappings of real lists, as examples.
const MAPPINGS: &[(&str, &str)] = &[
    mapping!("adb-sovereign"),
    mapping!("as-collected"),
    mapping!("gcdf-1.0"),
    mapping!("meti-2018"),
];

const COLUMNS: &[Shown] = &[
    Shown::plain("page", "field-page"),
    Shown::plain("title", "field-title"),
];

impl Docs {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match (self.install, self.page) {
            (Some(folder), _) => install::install(folder, context),
            (None, Some(name)) => print(&name, context),
            (None, None) => list(context),
        }
    }
}

fn list(context: &Context) -> Result<(), Error> {
    let labels = Labels::new(context.language, BTreeMap::new());
    let row = |name: &str| {
        let text = text(name, context.language).unwrap_or_default();
        let fields = [("page", json!(name)), ("title", json!(title(&text)))];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        (Map::<String, Value>::from_iter(fields), Vec::new())
    };
    let listing = Listing::of(COLUMNS, names().map(row)).map_err(render::Error::Json)?;
    context.show(&listing, &labels)
}

fn print(name: &str, context: &Context) -> Result<(), Error> {
    if let Some(other) = context.named_format()
        && !matches!(other, Format::Text | Format::Markdown)
    {
        return Err(render::Error::NotAs(other).into());
    }
    let Some(text) = text(name, context.language) else {
        return Err(store::Error::NotFound {
            what: "page",
            code: name.to_owned(),
            nearest: nearest(name, names()).map(str::to_owned),
        }
        .into());
    };
    context.out.data(text.as_bytes())
}

/// Returns the names of all pages.
fn names() -> impl Iterator<Item = &'static str> {
    let pages = PAGES.iter().map(|(name, _)| *name);
    let mappings = MAPPINGS.iter().map(|(name, _)| *name);
    pages.chain([COMMANDS]).chain(mappings)
}

/// Returns the text of a page; none when there is no such page. The folder of its name may be left out.
fn text(name: &str, language: Language) -> Option<Cow<'static, str>> {
    let is_it =
        |known: &str| known == name || known.rsplit_once('/').is_some_and(|it| it.1 == name);
    if is_it(COMMANDS) {
        return Some(commands::page(help::with_remarks(language), language).into());
    }
    if let Some((_, text)) = MAPPINGS.iter().find(|(known, _)| is_it(known)) {
        return Some((*text).into());
    }
    let (_, [english, chinese, japanese]) = PAGES.iter().find(|(known, _)| is_it(known))?;
    let text = match language {
        Language::English => english,
        Language::Chinese => chinese,
        Language::Japanese => japanese,
    };
    // Marks of the parts that the program makes are not for readers.
    let lines = text.split_inclusive('\n');
    Some(lines.filter(|line| !line.starts_with("<!--")).collect())
}

/// Returns the heading of a page, or what a mapping says that it is about.
fn title(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let title = line.trim_start_matches("# ");
    title.trim_start_matches("about = ").trim_matches('"')
}
