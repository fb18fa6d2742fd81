//! `tpmc import decide`

use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::planning::weigh;
use super::world::World;
use super::{ImportError, interrupt};
use crate::context::Context;
use crate::domain::{Invalid, ProjectCode};
use crate::error::Error;
use crate::exchange::{
    Action, Decision, MatchedBy, PartyDecision, PlanCounts, PlanItem, PlanLine, PlanReader,
    PlanWriter,
};
use crate::store::{Access, Party, Project, Store};

/// Decide on projects of a plan
///
/// The plan is written anew with the decision; nothing else happens before `tpmc import apply`. What is rejected is remembered
/// when the plan is applied, and not proposed again unless the source says something else.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc import decide plan.json 7 12 reject --reason 'not a third-country project'\n         tpmc import decide plan.json 9 same --as P-0012\n         tpmc import decide plan.json +p1 same --as marubeni"
)]
pub(crate) struct Decide {
    /// The plan
    plan: PathBuf,
    /// Rows of the file, or the key of a new party, like +p1; then the decision
    #[arg(required = true, num_args = 2.., value_name = "ROW… DECISION")]
    words: Vec<String>,
    /// With `same`: the code of the project, or of the party, that it is
    #[arg(long = "as", value_name = "CODE")]
    same_as: Option<String>,
    /// With `accept` or `same`: apply statuses that go back, too
    #[arg(long)]
    backward: bool,
    /// Why, for those who come after
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Verb {
    Accept,
    Reject,
    Open,
    Same,
}

impl Decide {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        interrupt::watch();
        let (verb, targets) = self.words.split_last().ok_or(ImportError::NoRow(0))?;
        let verb = Verb::from_str(verb, false).map_err(|_| {
            let why = "end with accept, reject, open or same";
            Invalid::new("a decision", verb.clone(), why)
        })?;
        if (verb == Verb::Same) != self.same_as.is_some() {
            let why = "`same` needs --as CODE, and only `same`";
            return Err(Invalid::new("a decision", self.words.join(" "), why).into());
        }
        let mut rows = Vec::new();
        let mut keys = Vec::new();
        for target in targets {
            match target.parse::<u64>() {
                Ok(row) => rows.push(row),
                Err(_) => keys.push(target.clone()),
            }
        }
        let mut store = context.store(Access::Read)?;
        let world = store.read(World::read)?;
        let draft = draft_of(&self.plan);
        let done = self.rewrite(&draft, verb, rows, keys, &world, &mut store, context);
        let placed = done.and_then(|()| {
            std::fs::rename(&draft, &self.plan).map_err(|cause| Error::File {
                path: self.plan.clone(),
                cause,
            })
        });
        if placed.is_err() {
            let _ = std::fs::remove_file(&draft);
        }
        placed?;
        context
            .out
            .status(&format!("Wrote {}.", self.plan.display()));
        Ok(())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "what is decided, on what, and where"
    )]
    fn rewrite(
        &self,
        draft: &Path,
        verb: Verb,
        mut rows: Vec<u64>,
        mut keys: Vec<String>,
        world: &World,
        store: &mut Store,
        context: &Context,
    ) -> Result<(), Error> {
        let read = |cause| Error::Read {
            path: self.plan.clone(),
            cause,
        };
        let file = File::open(&self.plan).map_err(read)?;
        let mut plan = PlanReader::open(&self.plan.display().to_string(), BufReader::new(file))?;
        let failed = |cause| Error::File {
            path: self.plan.clone(),
            cause,
        };
        let mut file = std::io::BufWriter::new(File::create(draft).map_err(failed)?);
        let mut out = PlanWriter::new(&mut file);
        out.write(&PlanLine::Header(plan.header.clone()))?;
        let mut counts = PlanCounts::default();
        while let Some(mut line) = plan.next()? {
            interrupt::check()?;
            match &mut line {
                PlanLine::Project(item) => {
                    if item.rows.iter().any(|row| rows.contains(row)) {
                        rows.retain(|row| !item.rows.contains(row));
                        self.decide(item, verb, world, store, context)?;
                    }
                    counts.add(item);
                }
                PlanLine::Party(party) => {
                    if let Some(place) = keys.iter().position(|key| *key == party.key) {
                        keys.remove(place);
                        party.decision = self.on_party(verb, store)?;
                    }
                }
                PlanLine::Counts(known) => {
                    counts.rows_read = known.rows_read;
                    counts.rows_skipped = known.rows_skipped;
                    counts.new_parties = known.new_parties;
                    counts.new_sources = known.new_sources;
                    *known = std::mem::take(&mut counts);
                }
                PlanLine::Header(_) | PlanLine::Source(_) | PlanLine::Intake(_) => {}
            }
            out.write(&line)?;
        }
        if let Some(row) = rows.first() {
            return Err(ImportError::NoRow(*row).into());
        }
        if let Some(key) = keys.first() {
            return Err(ImportError::NoParty(key.clone()).into());
        }
        file.flush().map_err(failed)
    }

    fn on_party(&self, verb: Verb, store: &mut Store) -> Result<PartyDecision, Error> {
        match (verb, &self.same_as) {
            (Verb::Same, Some(code)) => {
                let party = store.read(|reader| reader.one::<Party>(code))?;
                Ok(PartyDecision::Same(party.facts.code))
            }
            (Verb::Accept, _) => Ok(PartyDecision::Add),
            _ => {
                let why = "a new party is accepted, or is the same as one that is there";
                Err(Invalid::new("a decision on a party", self.words.join(" "), why).into())
            }
        }
    }

    fn decide(
        &self,
        item: &mut PlanItem,
        verb: Verb,
        world: &World,
        store: &mut Store,
        context: &Context,
    ) -> Result<(), Error> {
        item.reason.clone_from(&self.reason);
        let is_unreadable = item.action == Action::Reject && verb != Verb::Reject;
        if is_unreadable {
            let row = item.rows.first().copied().unwrap_or(0);
            let why = "its values were refused; correct them in the file and plan again".to_owned();
            return Err(ImportError::Row { row, why }.into());
        }
        match (verb, &self.same_as) {
            (Verb::Reject, _) => item.decision = Decision::Reject,
            (Verb::Open, _) => item.decision = Decision::Open,
            (Verb::Same, Some(code)) => {
                let code: ProjectCode = code.parse()?;
                let before = store.read(|reader| reader.one::<Project>(code.as_str()))?;
                item.accept_backward = self.backward;
                item.code = Some(code.clone());
                item.matched_by = Some(MatchedBy::Reviewer);
                let known = super::known::Known::default();
                weigh(item, Some(&before), &mut world.with(&known), context.now())?;
                if item.decision != Decision::Reject {
                    item.decision = Decision::Same(code);
                }
            }
            (Verb::Accept | Verb::Same, _) => {
                item.decision = Decision::Accept;
                item.accept_backward = self.backward;
            }
        }
        Ok(())
    }
}

/// A name beside the plan for what is not complete yet.
fn draft_of(plan: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(plan.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    plan.with_file_name(name)
}
