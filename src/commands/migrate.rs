//! `tpmc migrate`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::store::{Access, Contents, Store};

/// Bring an older registry up to the schema of this program
///
/// A copy of the file is kept beside it first. With --seeds, records that came with the program and that nobody has changed
/// since are brought up to date as a batch of their own, and new ones are added; the others are listed and left alone.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc migrate --registry cooperation.db --seeds")]
pub(crate) struct Migrate {
    /// Take in the records of this release too
    #[arg(long)]
    seeds: bool,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", requires = "seeds")]
    reason: Option<String>,
}

impl Migrate {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let path = context.registry()?;
        match Store::migrate(&path)? {
            Some(copy) => context.out.status(&format!(
                "Brought {} up to date; the old file is kept as {}.",
                path.display(),
                copy.display()
            )),
            None => context
                .out
                .status(&format!("The schema of {} is up to date.", path.display())),
        }
        let mut intent = context.intent("migrate", self.reason);
        intent.dry_run = !self.seeds;
        let mut store = Store::open(&path, Access::Write)?;
        let outcome = store.seed(Contents::Everything, &intent, || context.now())?;
        let saved = outcome.saved;
        let told = match (saved, self.seeds) {
            (0, _) => "It has all records of this release.".to_owned(),
            (_, true) => format!("Took in {saved} records of this release."),
            (_, false) => format!(
                "{saved} records of this release are newer or missing; take them in with `tpmc migrate --seeds`."
            ),
        };
        context.out.status(&told);
        for (kind, code) in &outcome.left {
            context.out.status(&format!(
                "Left alone, because somebody has changed it since: {kind} {code}"
            ));
        }
        Ok(())
    }
}
