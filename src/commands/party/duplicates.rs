//! `tpmc party duplicates`

use clap::Args;

use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::domain::{Invalid, THRESHOLD};
use crate::error::Error;
use crate::report::{Duplicates as Report, Shown};
use crate::store::{Judgement, Party, Reader};

/// Propose pairs of parties that may be one organisation
///
/// Nothing is merged: say what you decide with `tpmc party judge`, and a pair judged not_same is not proposed again. Pairs of one
/// name with different identifiers in one scheme are listed too, marked as different, so that nobody takes them for one. At most 50
/// pairs are shown unless --limit says another number.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc party duplicates --at-least 0.9")]
pub(crate) struct Duplicates {
    /// Propose pairs with this score or more
    #[arg(long, value_name = "SCORE", default_value_t = THRESHOLD)]
    at_least: f64,
    /// Show pairs judged not_same too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    listed: ListedArgs,
}

/// So many pairs are shown unless somebody asks for another number.
const MOST: usize = 50;

const COLUMNS: &[Shown] = &[
    Shown::plain("score", "field-score"),
    Shown::plain("first", "field-party").leading_to("party"),
    Shown::plain("first_name", "field-name"),
    Shown::plain("first_country", "field-country"),
    Shown::plain("second", "field-party").leading_to("party"),
    Shown::plain("second_name", "field-name"),
    Shown::plain("second_country", "field-country"),
    Shown::word("verdict", "field-verdict", "verdict").optional(),
];

/// What a sorted list shows.
const USUAL: [&str; 5] = ["score", "first", "first_name", "second", "second_name"];

impl Duplicates {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if !(0.5..=1.0).contains(&self.at_least) {
            let why = "why-score";
            return Err(Invalid::new("what-score", self.at_least.to_string(), why).into());
        }
        let report = |reader: &mut Reader<'_>| {
            let (parties, judgements) = (reader.all::<Party>()?, reader.all::<Judgement>()?);
            let report = Report::of(
                &parties,
                &judgements,
                self.at_least,
                self.all,
                self.listed.limit.unwrap_or(MOST),
                context.language,
            );
            Ok::<_, Error>(report)
        };
        if let Some(listed) = self.listed.shaped(&USUAL) {
            return listed.show(context, COLUMNS, |reader| {
                let pairs = report(reader)?.pairs.into_iter();
                Ok(pairs.map(|pair| (pair.fields(), Vec::new())))
            });
        }
        let (report, labels) =
            context.read(|reader| Ok((report(reader)?, context.labels(reader)?)))?;
        context.show(&report, &labels)
    }
}
