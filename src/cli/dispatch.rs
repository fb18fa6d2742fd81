//! Runs the command that the command line names.

use super::Command;
use crate::commands::program::Program;
use crate::context::Context;
use crate::error::Error;

/// Carries out a command; `program` is what the web desk runs.
pub(super) fn run(command: Command, context: &Context, program: Program) -> Result<(), Error> {
    match command {
        Command::Summary(command) => command.run(context),
        Command::Todo(command) => command.run(context),
        Command::Pace(command) => command.run(context),
        Command::Progress(command) => command.run(context),
        Command::Project(command) => command.run(context),
        Command::Edit(command) => command.run(context),
        Command::Status(command) => command.run(context),
        Command::Country(command) => command.run(context),
        Command::Context(command) => command.run(context),
        Command::Event(command) => command.run(context),
        Command::Milestone(command) => command.run(context),
        Command::Amount(command) => command.run(context),
        Command::Rate(command) => command.run(context),
        Command::Participation(command) => command.run(context),
        Command::Risk(command) => command.run(context),
        Command::Party(command) => command.run(context),
        Command::Source(command) => command.run(context),
        Command::Check(command) => command.run(context),
        Command::Forum(command) => command.run(context),
        Command::Guideline(command) => command.run(context),
        Command::Indicator(command) => command.run(context),
        Command::Mechanism(command) => command.run(context),
        Command::Changes(command) => command.run(context),
        Command::Report(command) => command.run(context),
        Command::Brief(command) => command.run(context),
        Command::Log(command) => command.run(context),
        Command::Show(command) => command.run(context),
        Command::Undo(command) => command.run(context),
        Command::Redo(command) => command.run(context),
        Command::Export(command) => command.run(context),
        Command::Import(command) => command.run(context),
        Command::Sql(command) => command.run(context),
        Command::Open(command) => command.run(context),
        Command::Serve(command) => command.run(context, program),
        Command::Draft(command) => command.run(context, program),
        Command::User(command) => command.run(context),
        Command::Search(command) => command.run(context),
        Command::Init(command) => command.run(context),
        Command::Migrate(command) => command.run(context),
        Command::Backup(command) => command.run(context),
        Command::Restore(command) => command.run(context),
        Command::Verify(command) => command.run(context),
        Command::Rebuild(command) => command.run(context),
        Command::Checkpoint(command) => command.run(context),
        Command::Bundle(command) => command.run(context),
        Command::Prove(command) => command.run(context),
        Command::Witness(command) => command.run(context),
        Command::Key(command) => command.run(context),
        Command::Config(command) => command.run(context),
        Command::Docs(command) => command.run(context),
        Command::Completions(command) => command.run(context),
        Command::Man(command) => command.run(context),
    }
}
