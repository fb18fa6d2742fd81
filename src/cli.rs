//! The command line: its commands as types, how it is parsed, and the commands about itself.

mod alias;
pub(crate) mod complete;
mod completions;
mod dispatch;
mod docs;
mod help;
mod man;
mod meaning;
mod parse;
mod web;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

use crate::args::Global;
use crate::commands;
use crate::context::Context;
use crate::error::Error;
pub(crate) use help::{in_language_of_reader, show};

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

/// Carries out a command.
pub(crate) fn run(command: Command, context: &Context) -> Result<(), Error> {
    dispatch::run(command, context, web::PROGRAM)
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Summary(commands::summary::Summary),
    Todo(commands::todo::Todo),
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
    #[command(subcommand)]
    Forum(commands::forum::Forum),
    #[command(subcommand)]
    Guideline(commands::guideline::Guideline),
    #[command(subcommand)]
    Indicator(commands::indicator::Indicator),
    Mechanism(commands::mechanism::Mechanism),
    Changes(commands::changes::Changes),
    Report(commands::report::Report),
    Brief(commands::brief::Brief),
    Log(commands::log::Log),
    Show(commands::show::Show),
    Undo(commands::undo::Undo),
    Redo(commands::redo::Redo),
    Export(commands::export::Export),
    #[command(subcommand)]
    Import(commands::import::Import),
    Sql(commands::sql::Sql),
    Open(commands::open::Open),
    Serve(commands::serve::Serve),
    #[command(subcommand)]
    Draft(commands::draft::Draft),
    #[command(subcommand)]
    User(commands::user::User),
    Search(commands::search::Search),
    Check(commands::check::Check),
    Init(commands::init::Init),
    Migrate(commands::migrate::Migrate),
    Backup(commands::backup::Backup),
    Restore(commands::restore::Restore),
    Move(commands::moving::Move),
    #[command(subcommand)]
    Server(commands::server::Server),
    Verify(commands::verify::Verify),
    Rebuild(commands::rebuild::Rebuild),
    Checkpoint(commands::checkpoint::Checkpoint),
    Prove(commands::prove::Prove),
    Bundle(commands::bundle::Bundle),
    Witness(commands::witness::Witness),
    #[command(subcommand)]
    Key(commands::key::Key),
    #[command(subcommand)]
    Config(commands::config::Config),
    Docs(docs::Docs),
    Completions(completions::Completions),
    Man(man::Man),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_argument_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
