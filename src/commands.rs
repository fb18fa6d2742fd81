//! One file per command: its arguments and what it does with them.

pub(crate) mod amount;
pub(crate) mod backup;
pub(crate) mod bundle;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod checkpoint;
pub(crate) mod complete;
pub(crate) mod completions;
pub(crate) mod context;
pub(crate) mod country;
mod desk;
mod document;
pub(crate) mod edit;
pub(crate) mod event;
pub(crate) mod export;
mod filter;
pub(crate) mod import;
pub(crate) mod init;
mod journal;
pub(crate) mod key;
pub(crate) mod log;
pub(crate) mod man;
pub(crate) mod mechanism;
pub(crate) mod migrate;
pub(crate) mod milestone;
mod money;
mod options;
pub(crate) mod pace;
pub(crate) mod participation;
mod parts;
pub(crate) mod party;
pub(crate) mod progress;
pub(crate) mod project;
pub(crate) mod prove;
pub(crate) mod rate;
pub(crate) mod rebuild;
pub(crate) mod redo;
pub(crate) mod report;
pub(crate) mod restore;
pub(crate) mod risk;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod source;
pub(crate) mod sql;
pub(crate) mod status;
pub(crate) mod summary;
mod trust;
pub(crate) mod undo;
pub(crate) mod verify;
pub(crate) mod witness;
mod write;

pub(crate) use trust::TrustError;
pub(crate) use write::WriteArgs;

use crate::cli::Command;
use crate::context::Context;
use crate::error::Error;

/// Carries out a command.
pub(crate) fn run(command: Command, context: &Context) -> Result<(), Error> {
    match command {
        Command::Summary(command) => command.run(context),
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
        Command::Mechanism(command) => command.run(context),
        Command::Changes(command) => command.run(context),
        Command::Report(command) => command.run(context),
        Command::Log(command) => command.run(context),
        Command::Show(command) => command.run(context),
        Command::Undo(command) => command.run(context),
        Command::Redo(command) => command.run(context),
        Command::Export(command) => command.run(context),
        Command::Import(command) => command.run(context),
        Command::Sql(command) => command.run(context),
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
        Command::Completions(command) => command.run(context),
        Command::Man(command) => command.run(context),
    }
}
