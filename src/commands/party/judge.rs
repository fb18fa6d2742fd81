//! `tpmc party judge`

use clap::Args;

use crate::args::words;
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::context::Context;
use crate::domain::{Invalid, Verdict, Vocabulary as _};
use crate::error::Error;
use crate::store::{Judgement, Party};

/// Record whether two parties are one organisation
///
/// The judgement is kept for ever and respected by `tpmc party duplicates`. It merges nothing. A new judgement on a pair takes
/// the place of the old one, which stays in the journal.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc party judge mufg-bank mitsubishi-ufj-trust-bank not_same --reason 'sister companies'"
)]
pub(crate) struct Judge {
    /// Code of one party
    #[arg(value_name = "PARTY")]
    one: String,
    /// Code of the other
    #[arg(value_name = "PARTY")]
    other: String,
    /// What they are
    #[arg(value_parser = words::<Verdict>())]
    verdict: Verdict,
    #[command(flatten)]
    write: WriteArgs,
}

impl Judge {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if self.one == self.other {
            return Err(Invalid::new("what-pair", self.one, "why-pair").into());
        }
        record(context, "party judge", &self.write, false, |desk| {
            let one: Party = desk.reader().one(&self.one)?;
            let other: Party = desk.reader().one(&self.other)?;
            let conflict = one.identity().likeness(&other.identity()).conflict;
            if conflict && self.verdict == Verdict::Same && self.write.reason.is_none() {
                let why = "why-identifiers-differ";
                return Err(Invalid::new("what-judgement", self.verdict.word(), why).into());
            }
            let judgement = Judgement::on(
                &self.one,
                &self.other,
                self.verdict,
                self.write.reason.clone(),
            );
            desk.save(judgement.clone())?;
            let told = message!(
                "told-named",
                code = judgement.code,
                name = judgement.verdict
            );
            Done::about(judgement, told)
        })
    }
}
