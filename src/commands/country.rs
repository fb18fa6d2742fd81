//! `tpmc country`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::report::CountryReport;
use crate::store::{Filter, Wanted};

/// Show one host country: projects, partners, statuses, and what the paper's tables say of it
///
/// The figures are those of the paper, with its years. A signal is a figure beyond a threshold that the paper names.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc country TH")]
pub(crate) struct Country {
    /// The country: a code of ISO 3166-1, or a name in English, Chinese or Japanese
    country: String,
}

impl Country {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (report, labels) = context.read(|reader| {
            let country = reader.country(&self.country)?;
            let horizon = context.horizon(reader)?;
            let filter = Filter {
                country: vec![Some(country.code.parse()?)],
                ..Filter::default()
            };
            let lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, None)?;
            let observations = reader.all()?;
            let report = CountryReport::of(
                country,
                lines,
                &observations,
                horizon,
                context.known_at,
                context.language,
            );
            Ok((report, context.labels_with_forums(reader)?))
        })?;
        context.show(&report, &labels)
    }
}
