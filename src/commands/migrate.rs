//! `tpmc migrate`

use clap::Args;

use crate::commands::journal::Telling;
use crate::context::Context;
use crate::error::Error;
use crate::message::Message;
use crate::store::{Access, Contents, OpenSeed, SeedChoices, SeedOutcome, Step, Store, WhyOpen};

/// Bring an older registry up to the schema of this program
///
/// A copy of the file is kept beside it first. With --seeds, the records of this release are taken in as a batch of their own: new
/// ones are added, and those that nobody has changed here are brought up to date. The others stay as they are and are shown, each
/// as it is here and as the release has it, until you decide about them. Without --seeds, you see what would happen.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc migrate --seeds --take-shipped F1-001 --move-local P-0057=P-0090"
)]
pub(crate) struct Migrate {
    /// Take in the records of this release too
    #[arg(long)]
    seeds: bool,
    /// Take these records as the release has them, or all of them (`all`)
    #[arg(long, value_name = "CODE", value_delimiter = ',', requires = "seeds")]
    take_shipped: Vec<String>,
    /// Keep these records as they are here, or all of them (`all`), and do not ask again about this release's version
    #[arg(long, value_name = "CODE", value_delimiter = ',', requires = "seeds")]
    take_mine: Vec<String>,
    /// Give a record that was added here another code, because a record of the release has its code; what refers to it follows.
    /// Without a new code it gets the next free one; `all` moves every such record
    #[arg(
        long,
        value_name = "CODE[=NEW]",
        value_delimiter = ',',
        requires = "seeds"
    )]
    move_local: Vec<String>,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", requires = "seeds")]
    reason: Option<String>,
    /// Record although this machine's clock and the last batch lie far apart; the batch says so
    #[arg(long, requires = "seeds")]
    force_clock: bool,
}

impl Migrate {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let choices = SeedChoices::new(self.take_shipped, self.take_mine, &self.move_local)?;
        let path = context.registry()?;
        match Store::migrate(&path)? {
            Some(copy) => context.out.say(&message!("receipt-migrated", path, copy)),
            None => context.out.say(&message!("receipt-up-to-date", path)),
        }
        let release = format!("Records shipped with tpmc {}", env!("CARGO_PKG_VERSION"));
        let mut intent = context.intent("migrate", self.reason.or(Some(release)));
        intent.dry_run = !self.seeds;
        intent.force_clock = self.force_clock || !self.seeds; // what is only counted has no time
        let mut store = Store::open(&path, Access::Write)?;
        let outcome = store.seed_by(Contents::Everything, choices, &intent, || context.now())?;
        summarise(&outcome, self.seeds, context);
        if outcome.open.is_empty() {
            return Ok(());
        }
        show(&outcome.open, &mut store, context)
    }
}

/// Says what became of the shipped records.
fn summarise(outcome: &SeedOutcome, seeds: bool, context: &Context) {
    let say = |text: Message| context.out.say(&text);
    let count = outcome.saved;
    say(match (count, seeds, &outcome.batch) {
        (0, _, _) if outcome.open.is_empty() => message!("receipt-seeds-complete"),
        (0, _, _) => message!("receipt-seeds-none"),
        (_, true, Some(batch)) => message!("receipt-seeds", count, batch = batch.number),
        _ => message!("receipt-seeds-newer", count),
    });
    for moved in &outcome.moved {
        let (kind, from, to, count) = (moved.kind, &moved.from, &moved.to, moved.users);
        say(message!("receipt-seed-moved", kind, from, to, count));
    }
    for open in &outcome.open {
        say(question(open));
    }
}

/// What is to be decided about a record, and how.
fn question(open: &OpenSeed) -> Message {
    let (kind, code) = (open.shipped.kind(), open.shipped.code());
    match &open.why {
        WhyOpen::Changed => message!("receipt-seed-changed", kind, code),
        WhyOpen::Removed => message!("receipt-seed-removed", kind, code),
        WhyOpen::Taken => message!("receipt-seed-taken", kind, code),
        WhyOpen::SameAddress(own) => message!("receipt-seed-same-address", kind, code, own),
        WhyOpen::Needs((needed, other)) => {
            message!("receipt-seed-needs", kind, code, needed, other)
        }
    }
}

/// Shows each record as it is here and as the release has it.
fn show(open: &[OpenSeed], store: &mut Store, context: &Context) -> Result<(), Error> {
    let told = store.read(|reader| {
        let mut telling = Telling::new(false, context)?;
        for open in open {
            telling.add(&Step {
                kind: open.shipped.kind(),
                code: open.shipped.code().to_owned(),
                before: open.mine.clone(),
                after: Some(open.shipped.clone()),
            });
        }
        telling.told(reader)
    })?;
    told.show(None, false)
}
