//! `tpmc config`

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::listed::ListedArgs;
use crate::args::config::{SETTINGS, configuration, path, setting};
use crate::context::Context;
use crate::error::Error;
use crate::report::{Listing, Shown};

/// Show the settings of the configuration file
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    List(List),
}

impl Config {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::List(command) => command.run(context),
        }
    }
}

/// List the settings, and where each comes from
///
/// The file is config.toml in the folder of your configuration, or what TPMC_CONFIG names. Each line sets a global option, like
/// lang = "ja"; a variable of the environment comes before it, and an option that is typed before both. The table `alias` gives
/// names to command lines of your own, like th = "project list --country TH"; a filter applies only when it is typed or named so.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc config list")]
pub(crate) struct List {
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("setting", "field-setting"),
    Shown::plain("value", "field-setting_value").optional(),
    Shown::plain("from", "field-from").optional(),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        let file = path().map(|path| path.display().to_string());
        let row = |(name, variable): (&str, &str)| {
            let of_variable = std::env::var(variable)
                .ok()
                .filter(|value| !value.is_empty());
            let (value, from) = match (of_variable, setting(name)) {
                (Some(value), _) => (Some(value), Some(variable.to_owned())),
                (None, Some(value)) => (Some(value.to_owned()), file.clone()),
                (None, None) => (None, None),
            };
            let fields = [
                ("setting", json!(name)),
                ("value", json!(value)),
                ("from", json!(from)),
            ];
            let fields = fields.map(|(name, value)| (name.to_owned(), value));
            (Map::<String, Value>::from_iter(fields), Vec::new())
        };
        let aliases = configuration().map(|file| &file.aliases).ok();
        let alias = |(name, line): (&String, &String)| {
            let fields = [
                ("setting", json!(format!("alias.{name}"))),
                ("value", json!(line)),
                ("from", json!(file)),
            ];
            let fields = fields.map(|(name, value)| (name.to_owned(), value));
            (Map::<String, Value>::from_iter(fields), Vec::new())
        };
        let aliases = aliases.into_iter().flatten().map(alias);
        let rows = SETTINGS.map(row).into_iter().chain(aliases);
        let mut listing = Listing::of(COLUMNS, rows).map_err(crate::render::Error::Json)?;
        self.listed.apply(&mut listing)?;
        if let Some(file) = &file {
            context.out.detail(&message!("receipt-configuration", file));
        }
        let labels = crate::language::Labels::new(context.language, Default::default());
        context.show(&listing, &labels)
    }
}
