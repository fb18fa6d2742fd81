//! `tpmc import decide`

pub(super) mod choice;
mod verdict;

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use tempfile::NamedTempFile;

use self::choice::{Choice, ChoiceArgs, Facts, Named};
use super::file::draft_beside;
use super::world::World;
use super::{ImportError, interrupt, show};
use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::exchange::{PlanCounts, PlanLine, PlanWriter};
use crate::language::Labels;
use crate::store::{Access, Store};

/// Decide on projects of a plan
///
/// Projects are chosen by their rows, by conditions, or by both. The plan is written anew with the decision; nothing else happens
/// before `tpmc import apply`. What is rejected is remembered when the plan is applied, and not proposed again unless the source
/// says something else.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc import decide plan.json 7 12 reject --reason 'not a third-country project'\n         tpmc import decide plan.json 4-90,95 accept\n         tpmc import decide plan.json --where 'score>=0.9' same\n         tpmc import decide plan.json --all possible --finding same_title reject\n         tpmc import decide plan.json 9 same --as P-0012\n         tpmc import decide plan.json +p1 same --as marubeni"
)]
pub(crate) struct Decide {
    /// The plan
    plan: PathBuf,
    /// Rows of the file, like 4-90,95, or the key of a new party, like +p1; then the decision: accept, reject, open, same or new
    #[arg(required = true, num_args = 1.., value_name = "ROWS… DECISION")]
    words: Vec<String>,
    #[command(flatten)]
    choosing: ChoiceArgs,
    /// With `same`: the code of the project, or of the party, that it is; without it, the likeliest candidate of each row
    #[arg(long = "as", value_name = "CODE")]
    same_as: Option<String>,
    /// With `accept`, `same` or `new`: apply statuses that go back, too
    #[arg(long)]
    backward: bool,
    /// Why, for those who come after
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Say what would be decided, and leave the plan as it is
    #[arg(long)]
    dry_run: bool,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Verb {
    Accept,
    Reject,
    Open,
    Same,
    New,
}

impl Decide {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        interrupt::watch();
        let (verb, targets) = self.words.split_last().ok_or(ImportError::NoRow(0))?;
        let verb = Verb::from_str(verb, false).map_err(|_| {
            let why = "why-verb";
            Invalid::new("what-decision", verb.clone(), why)
        })?;
        if verb != Verb::Same && self.same_as.is_some() {
            let why = "why-as-code";
            return Err(Invalid::new("what-decision", self.words.join(" "), why).into());
        }
        let mut choice = Choice::new(targets, self.choosing.conditions())?;
        let mut store = context.store(Access::Read)?;
        let (world, labels) =
            store.read(|reader| Ok::<_, Error>((World::read(reader)?, context.labels(reader)?)))?;
        let mut deciding = Deciding {
            command: &self,
            verb,
            today: context.today(),
            world,
            store,
            tally: Tally::default(),
        };
        deciding.rewrite(&mut choice)?;
        self.tell(&deciding.tally, &labels, context);
        Ok(())
    }
}

/// What was decided on.
#[derive(Debug, Default)]
struct Tally {
    projects: u64,
    rows: u64,
    parties: u64,
    /// Projects that were chosen among others, and whose values were refused.
    unreadable: u64,
}

impl Decide {
    /// Says what was decided, in the language of the reader.
    fn tell(&self, tally: &Tally, labels: &Labels, context: &Context) {
        let decision = self.words.last().map_or("", String::as_str);
        let values = [
            ("decision", decision.into()),
            ("projects", tally.projects.into()),
            ("rows", tally.rows.into()),
            ("parties", tally.parties.into()),
        ];
        context.out.status(&labels.with("import-decided", &values));
        if tally.unreadable > 0 {
            let count = [("count", tally.unreadable.into())];
            context
                .out
                .status(&labels.with("import-decided-unreadable", &count));
        }
        let key = match self.dry_run {
            true => "import-decided-nothing",
            false => "import-wrote",
        };
        let path = self.plan.display().to_string();
        context
            .out
            .status(&labels.with(key, &[("path", path.into())]));
    }
}

/// A decision being written into a plan.
struct Deciding<'a> {
    command: &'a Decide,
    verb: Verb,
    today: NaiveDate,
    world: World,
    store: Store,
    tally: Tally,
}

impl Deciding<'_> {
    /// Writes the plan anew beside itself, and puts it in its place when it is complete.
    fn rewrite(&mut self, choice: &mut Choice) -> Result<(), Error> {
        let path = &self.command.plan;
        let read = |cause| Error::Read {
            path: path.clone(),
            cause,
        };
        let failed = |cause| Error::File {
            path: path.clone(),
            cause,
        };
        let place = path.canonicalize().map_err(read)?;
        let before = place.metadata().map_err(read)?;
        let draft = draft_beside(&place).map_err(failed)?;
        draft
            .as_file()
            .set_permissions(before.permissions())
            .map_err(failed)?;
        let mut file = BufWriter::new(draft);
        self.write(choice, &mut file)?;
        choice.check()?;
        if self.tally.projects + self.tally.parties == 0 {
            return Err(ImportError::NothingChosen {
                unreadable: self.tally.unreadable,
            }
            .into());
        }
        let draft = file
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        if self.command.dry_run {
            return Ok(());
        }
        draft.as_file().sync_all().map_err(failed)?;
        let after = place.metadata().map_err(read)?;
        if after.len() != before.len() || after.modified().ok() != before.modified().ok() {
            return Err(ImportError::Changed(path.clone()).into());
        }
        draft.persist(&place).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Writes the lines of the plan, with the decision where it belongs.
    fn write(
        &mut self,
        choice: &mut Choice,
        file: &mut BufWriter<NamedTempFile>,
    ) -> Result<(), Error> {
        let mut plan = show::open(&self.command.plan)?;
        let mut out = PlanWriter::new(&mut *file);
        out.write(&PlanLine::Header(plan.header.clone()))?;
        let mut counts = PlanCounts::default();
        while let Some(mut line) = plan.next()? {
            interrupt::check()?;
            match &mut line {
                PlanLine::Project(item) => {
                    let named = choice.has(&Facts::from(&*item));
                    if let Some(named) = named {
                        self.project(item, named)?;
                    }
                    counts.add(item);
                }
                PlanLine::PartyRecord(item) => {
                    let named = choice.has(&Facts::from(&*item));
                    if let Some(named) = named {
                        self.party_record(item, named)?;
                    }
                    counts.add_party(item);
                }
                PlanLine::Party(party) => {
                    if choice.has_party(&party.key) {
                        party.decision = self.party()?;
                        self.tally.parties += 1;
                    }
                }
                PlanLine::Counts(known) => {
                    counts.rows_read = known.rows_read;
                    counts.rows_skipped = known.rows_skipped;
                    counts.new_parties = known.new_parties;
                    counts.new_sources = known.new_sources;
                    counts.missing = known.missing;
                    *known = std::mem::take(&mut counts);
                }
                PlanLine::Header(_)
                | PlanLine::Source(_)
                | PlanLine::Missing(_)
                | PlanLine::Intake(_) => {}
            }
            out.write(&line)?;
        }
        file.flush().map_err(|cause| Error::File {
            path: self.command.plan.clone(),
            cause,
        })
    }
}
