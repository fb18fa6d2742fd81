//! `tpmc party merge`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, Done, record};
use crate::context::Context;
use crate::domain::{Invalid, Verdict};
use crate::error::Error;
use crate::message::Message;
use crate::store::{Judgement, Party, Project};

/// Make one party of two that are the same
///
/// The projects of the first become those of the second, its names stay as aliases, and it is taken out of the registry: all
/// in one batch, which `tpmc undo` takes back whole. Two parties with different identifiers of one scheme are two companies,
/// and so are two that were judged not to be the same: that needs --force and a reason.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc party merge marubeni-corp marubeni --reason 'the same company'"
)]
pub(crate) struct Merge {
    /// The code of the party to take out
    from: String,
    /// The code of the party that stays
    into: String,
    /// Merge although their identifiers differ, or although they were judged not to be the same (say why with --reason)
    #[arg(long, requires = "reason")]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Merge {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "party merge", &self.write, false, |desk| {
            self.merge(desk)
        })
    }

    fn merge(&self, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
        let refuse = |why: Message| {
            let pair = format!("{} → {}", self.from, self.into);
            Error::from(Invalid::new("what-merger", pair, why))
        };
        let from: Party = desk.reader().one(&self.from)?;
        let mut into: Party = desk.reader().one(&self.into)?;
        if from.facts.code == into.facts.code {
            return Err(refuse(message!("why-one-party")));
        }
        if let Some((left, right)) = from.identifier_that_differs(&into).filter(|_| !self.force) {
            return Err(refuse(message!(
                "why-two-identifiers",
                scheme = left.scheme,
                one = left.identifier,
                other = right.identifier
            )));
        }
        let pair = Judgement::code_of(&from.facts.code, &into.facts.code);
        let judged = desk.reader().find::<Judgement>(&pair)?;
        let apart = judged.filter(|known| known.verdict == Verdict::NotSame && !self.force);
        if let Some(judgement) = apart {
            return Err(refuse(match judgement.reason {
                Some(reason) => message!("why-judged-apart-because", reason),
                None => message!("why-judged-apart"),
            }));
        }
        into.take_in(&from);
        let code = &into.facts.code;
        let projects = desk.reader().projects_of(&from.facts.code)?;
        // First out, then in: what both have, an identifier say, belongs to one party at a time.
        desk.take_out(from.clone())?;
        desk.save(into.clone())?;
        let count = projects.len();
        for mut project in projects {
            give(&mut project, &from.facts.code, code).map_err(refuse)?;
            desk.save(project)?;
        }
        let name = super::name(&into, desk.context.language).to_owned();
        let told = message!("told-merger", from = from.facts.code, code, name, count);
        Done::about(into, told)
    }
}

/// Gives the parts of one party in a project to another. A part that the other has already in the same role is one with it,
/// unless the two say different things.
fn give(project: &mut Project, from: &str, into: &str) -> Result<(), Message> {
    let (given, mut kept): (Vec<_>, Vec<_>) = project
        .participations
        .drain(..)
        .partition(|part| part.party == from);
    for mut part in given {
        part.party = into.to_owned();
        let same = kept
            .iter_mut()
            .find(|kept| kept.party == into && kept.role == part.role);
        let Some(same) = same else {
            kept.push(part);
            continue;
        };
        let shares = (same.share_percent, part.share_percent);
        if same.prospective != part.prospective
            || matches!(shares, (Some(left), Some(right)) if left != right)
        {
            return Err(message!(
                "why-parts-differ",
                code = project.facts.code,
                role = part.role
            ));
        }
        same.share_percent = same.share_percent.or(part.share_percent);
        same.note = match (same.note.take(), part.note) {
            (Some(left), Some(right)) if left != right => Some(format!("{left}; {right}")),
            (left, right) => left.or(right),
        };
    }
    for amount in &mut project.amounts {
        if amount.party.as_deref() == Some(from) {
            amount.party = Some(into.to_owned());
        }
    }
    kept.sort_by_key(|part| part.number);
    project.participations = kept;
    Ok(())
}
