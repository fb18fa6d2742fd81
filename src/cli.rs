//! The command line as types: names, help and defaults, no behaviour.

mod parse;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand};

use crate::commands;
use crate::domain::{AsOf, Language, Moment, Vocabulary};
use crate::render::Format;

/// Colours have fixed meanings and never carry one alone.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// Registry of China-Japan third-party market cooperation
///
/// Who agreed to do what, where, in which mode, and how far it has got: the 52 agreements of the first forum (Beijing, 2018)
/// and the later projects, each with its sources. What is not known is shown as not known.
#[derive(Debug, Parser)]
#[command(name = "tpmc", version, propagate_version = true, styles = STYLES, max_term_width = 100)]
#[command(
    after_help = "Example: tpmc summary\n\nExit status: 0 done, 1 refused, 2 malformed command line, 3 the surroundings failed."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Registry file; the default one is created on first use
    #[arg(long, global = true, env = "TPMC_REGISTRY", value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// How to write the result; the default is text, or what the name of the output file says
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,
    /// Write the result to a file
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Language of the result; the default follows the locale. A title or name that is not stated in it is shown in English, else
    /// as its source or home script has it, else in the remaining language
    #[arg(long, global = true, env = "TPMC_LANG", value_parser = words::<Language>(), value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// Show what was so on a day: 2019-06-30, 2019-06, 2019, -1y, -6m, -30d or last-meeting
    #[arg(long, global = true, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) as_of: Option<AsOf>,
    /// Show what the registry said at a time: 2026-11-23T22:00:00Z, or a day for its end in UTC (today: for now)
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) known_at: Option<Moment>,
    /// Who is recording; the default is the login name
    #[arg(long, global = true, env = "TPMC_ACTOR", value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more: which file is used, and as of when
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// The time to take for now: for tests, and for printing a report again
    #[arg(
        long,
        global = true,
        env = "TPMC_NOW",
        value_name = "TIME",
        hide = true
    )]
    pub(crate) now: Option<Moment>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

/// A parser that takes the words of a vocabulary and lists them in the help.
pub(crate) fn words<V>() -> impl clap::builder::TypedValueParser<Value = V>
where
    V: Vocabulary + std::str::FromStr + Send + Sync,
    V::Err: std::error::Error + Send + Sync + 'static,
{
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(V::ALL.iter().map(|word| word.word()))
        .try_map(|word| word.parse::<V>())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Summary(commands::summary::Summary),
    Pace(commands::pace::Pace),
    Progress(commands::progress::Progress),
    #[command(subcommand)]
    Project(commands::project::Project),
    Edit(commands::edit::Edit),
    Status(commands::status::Status),
    Country(commands::country::Country),
    Context(commands::context::Context),
    #[command(subcommand)]
    Event(commands::event::Event),
    #[command(subcommand)]
    Milestone(commands::milestone::Milestone),
    #[command(subcommand)]
    Amount(commands::amount::Amount),
    #[command(subcommand)]
    Rate(commands::rate::Rate),
    #[command(subcommand)]
    Participation(commands::participation::Participation),
    #[command(subcommand)]
    Risk(commands::risk::Risk),
    #[command(subcommand)]
    Party(commands::party::Party),
    #[command(subcommand)]
    Source(commands::source::Source),
    Mechanism(commands::mechanism::Mechanism),
    Changes(commands::changes::Changes),
    Report(commands::report::Report),
    Log(commands::log::Log),
    Show(commands::show::Show),
    Undo(commands::undo::Undo),
    Redo(commands::redo::Redo),
    Export(commands::export::Export),
    #[command(subcommand)]
    Import(commands::import::Import),
    Sql(commands::sql::Sql),
    Search(commands::search::Search),
    Check(commands::check::Check),
    Init(commands::init::Init),
    Migrate(commands::migrate::Migrate),
    Backup(commands::backup::Backup),
    Restore(commands::restore::Restore),
    Verify(commands::verify::Verify),
    Rebuild(commands::rebuild::Rebuild),
    Checkpoint(commands::checkpoint::Checkpoint),
    Prove(commands::prove::Prove),
    Bundle(commands::bundle::Bundle),
    Witness(commands::witness::Witness),
    #[command(subcommand)]
    Key(commands::key::Key),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_argument_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
