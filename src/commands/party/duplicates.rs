//! `tpmc party duplicates`

use clap::Args;

use crate::context::Context;
use crate::domain::{Invalid, THRESHOLD};
use crate::error::Error;
use crate::report::Duplicates as Report;
use crate::store::{Judgement, Party};

/// Propose pairs of parties that may be one organisation
///
/// Nothing is merged: say what you decide with `tpmc party judge`, and a pair judged not_same is not proposed again. Pairs of one
/// name with different identifiers in one scheme are listed too, marked as different, so that nobody takes them for one.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc party duplicates --at-least 0.9")]
pub(crate) struct Duplicates {
    /// Propose pairs with this score or more
    #[arg(long, value_name = "SCORE", default_value_t = THRESHOLD)]
    at_least: f64,
    /// Show pairs judged not_same too
    #[arg(long)]
    all: bool,
    /// Show at most this many
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,
}

impl Duplicates {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if !(0.5..=1.0).contains(&self.at_least) {
            let why = "why-score";
            return Err(Invalid::new("what-score", self.at_least.to_string(), why).into());
        }
        let (report, labels) = context.read(|reader| {
            let (parties, judgements) = (reader.all::<Party>()?, reader.all::<Judgement>()?);
            let report = Report::of(
                &parties,
                &judgements,
                self.at_least,
                self.all,
                self.limit,
                context.language,
            );
            Ok((report, context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }
}
