//! `tpmc summary`

use std::collections::BTreeMap;

use clap::Args;

use crate::args::words;
use crate::commands::filter::FilterArgs;
use crate::commands::money::MoneyArgs;
use crate::context::Context;
use crate::domain::{Dimension, Horizon, Invalid, Measure, Vocabulary as _};
use crate::error::Error;
use crate::render::{Format, SummaryView};
use crate::report::{Summary as Report, World};
use crate::store::{Filter, Forum, Line, Reader, Tally, Wanted};

/// Of more projects than these, codes are listed only when they are asked for.
const CODES_UP_TO: usize = 10_000;

/// Show how far the cooperation has got, by country and by mode
///
/// The agreements of a forum and the other projects are two groups: the first are a complete list, the others are those that
/// became known. Implemented is implementing or completed.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc summary --by mode,status --as-of 2019")]
pub(crate) struct Summary {
    /// Rows and columns of the tables
    #[arg(long, value_name = "ROWS,COLUMNS", value_delimiter = ',', num_args = 1, default_value = "country,mode",
        value_parser = words::<Dimension>())]
    by: Vec<Dimension>,
    /// Show every column instead of folding those with few projects
    #[arg(long)]
    all: bool,
    /// List the codes behind every cell. JSON and CSV list them of up to 10,000 projects without being asked
    #[arg(long)]
    codes: bool,
    /// What the cells say
    #[arg(long, value_parser = words::<Measure>(), default_value = "count",
        default_value_if("currency", clap::builder::ArgPredicate::IsPresent, "commitments"),
        requires_if("commitments", "currency"))]
    measure: Measure,
    #[command(flatten)]
    money: MoneyArgs,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Summary {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let by = match self.by[..] {
            [rows, columns] if rows != columns => (rows, columns),
            _ => {
                let given = self
                    .by
                    .iter()
                    .map(|dimension| dimension.word())
                    .collect::<Vec<_>>()
                    .join(",");
                return Err(
                    Invalid::new("what-two-dimensions", given, "why-two-dimensions").into(),
                );
            }
        };
        let (report, labels) = context.read(|reader| {
            let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
            let counts_by = |dimension| by.0 == dimension || by.1 == dimension;
            let wanted = Wanted {
                objectives: counts_by(Dimension::Objective),
                parties: counts_by(Dimension::Side) || counts_by(Dimension::Party),
                ..Wanted::default()
            };
            let world = |reader: &mut Reader<'_>, lines: &[Line]| {
                let forums = reader.all::<Forum>()?;
                let asean = if counts_by(Dimension::Region) {
                    reader.asean()?
                } else {
                    BTreeMap::new()
                };
                Ok::<_, Error>(World::new(forums, asean, lines, context.language))
            };
            let tallied = by.0.is_tallied() && by.1.is_tallied() && filter.is_tallied();
            let tallies = if tallied && self.money.currency.is_none() {
                self.tallies(&filter, horizon, context, reader)?
            } else {
                None
            };
            let known_at = context.known_at;
            let (world, mut summary) = match tallies {
                Some(tallies) => {
                    let world = world(reader, &[])?;
                    let summary =
                        Report::of_tallies(&tallies, &world, filter, by, horizon, known_at);
                    (world, summary)
                }
                None => {
                    let lines = reader.lines(&filter, horizon, wanted, None)?;
                    let world = world(reader, &lines)?;
                    let mut summary = Report::of(&lines, &world, filter, by, horizon, known_at);
                    if let Some(money) = self.money.of(&lines, horizon, reader)? {
                        summary = summary.with_money(money);
                    }
                    (world, summary)
                }
            };
            summary.measure = self.measure;
            let labels = context.labels_of(&summary.countries(), reader)?;
            let conditions = self.filter.in_words(&summary.filter, &labels);
            Ok((
                SummaryView {
                    summary,
                    world,
                    conditions,
                    all_columns: self.all,
                    codes: self.codes,
                },
                labels,
            ))
        })?;
        context.show(&report, &labels)
    }

    /// The chosen projects counted with those that stand alike, unless their codes are to be listed.
    fn tallies(
        &self,
        filter: &Filter,
        horizon: Horizon,
        context: &Context,
        reader: &mut Reader<'_>,
    ) -> Result<Option<Vec<Tally>>, Error> {
        if self.codes {
            return Ok(None);
        }
        let mut tallies = reader.tallies()?;
        tallies.retain(|tally| filter.accepts_tally(tally));
        let projects: usize = tallies.iter().map(|tally| tally.projects).sum();
        let lists_codes = matches!(context.format()?, Format::Json | Format::Csv);
        if lists_codes && projects <= CODES_UP_TO {
            return Ok(None);
        }
        if lists_codes {
            context.out.say(&message!(
                "receipt-codes-left-out",
                count = projects,
                most = CODES_UP_TO
            ));
        }
        if !horizon.is_open() {
            // A few are as quickly read one by one, and what was known earlier is in no file.
            if projects <= CODES_UP_TO || context.known_at.is_some() {
                return Ok(None);
            }
            let Some(within) = reader.tallies_within(horizon)? else {
                return Ok(None);
            };
            tallies = within;
            tallies.retain(|tally| filter.accepts_tally(tally));
        }
        Ok(Some(tallies))
    }
}
