//! `tpmc indicator`: figures about countries; a sheet of them in a file of its own.

mod sheet;

use clap::{Args, Subcommand};

use super::WriteArgs;
use super::desk::{Desk, Done, record};
use super::listed::ListedArgs;
use super::options::text;
use crate::context::Context;
use crate::domain::{Decimal, Invalid, SourceReference, read_number};
use crate::error::Error;
use crate::report::Shown;
use crate::store::{IndicatorObservation, Kind};

/// Record and list figures about countries and groups of countries
#[derive(Debug, Subcommand)]
pub(crate) enum Indicator {
    Add(Add),
    Import(sheet::Import),
    List(List),
    Remove(Remove),
}

impl Indicator {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::Import(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

/// Add a figure, or correct it
///
/// A figure of the same place, indicator and period takes the place of the old one, which stays in the journal.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc indicator add LA inflation 2025 7.6 --unit percent --published-by 'World Bank' --source https://example.org/laos"
)]
pub(crate) struct Add {
    #[command(flatten)]
    figure: Figure,
    #[command(flatten)]
    write: WriteArgs,
}

/// A figure as it is stated.
#[derive(Debug, Args)]
struct Figure {
    /// A code of ISO 3166-1, a group like ASEAN or WORLD, or a flow like CN-ASEAN
    #[arg(value_parser = place)]
    place: String,
    /// What is measured, like inflation
    #[arg(value_parser = indicator)]
    indicator: String,
    /// A year, or the first and the last of several: 2025, 2004-2018
    #[arg(value_parser = period)]
    period: String,
    /// The figure: digits, with a point before decimals
    #[arg(allow_negative_numbers = true, value_parser = read_number)]
    value: Decimal,
    /// What it counts, like percent or billion USD
    #[arg(long, value_name = "TEXT", value_parser = text)]
    unit: String,
    /// Who published it
    #[arg(long, value_name = "NAME", value_parser = text)]
    published_by: String,
    /// The table or the page in which it stands
    #[arg(long, value_name = "TEXT", value_parser = text, default_value = "-", hide_default_value = true)]
    table: String,
    /// Where it is said: an address, the code of a source, like S-0002, or a document, which is kept
    #[arg(long, value_name = "URL|CODE|FILE", value_parser = SourceReference::typed)]
    source: SourceReference,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    /// Whether it was worked out from other figures.
    #[arg(skip)]
    derived: bool,
}

fn place(argument: &str) -> Result<String, Invalid> {
    let place = argument.to_uppercase();
    let is_plain = |letter: char| letter.is_ascii_uppercase() || letter == '-';
    (!place.is_empty() && place.chars().all(is_plain))
        .then_some(place)
        .ok_or_else(|| Invalid::new("what-place", argument, "why-place"))
}

fn indicator(argument: &str) -> Result<String, Invalid> {
    let is_plain =
        |letter: char| letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit();
    (!argument.is_empty() && argument.chars().all(is_plain))
        .then(|| argument.to_owned())
        .ok_or_else(|| Invalid::new("what-indicator", argument, "why-indicator"))
}

fn period(argument: &str) -> Result<String, Invalid> {
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
    let is_period = match argument.split_once('-') {
        Some((first, last)) => is_year(first) && is_year(last) && first < last,
        None => is_year(argument),
    };
    is_period
        .then(|| argument.to_owned())
        .ok_or_else(|| Invalid::new("what-period", argument, "why-period"))
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "indicator add", &self.write, false, |desk| {
            let (figure, _) = self.figure.save(desk)?;
            let told = message!(
                "told-value",
                code = figure.code,
                value = figure.value,
                unit = figure.unit
            );
            Done::about(figure, told)
        })
    }
}

impl Figure {
    /// Returns the code of its record.
    fn code(&self) -> String {
        format!("{}/{}/{}", self.place, self.indicator, self.period)
    }

    /// Saves the figure in place of the one of the same place, indicator and period. Returns its record, and whether that is new.
    fn save(self, desk: &mut Desk<'_, '_>) -> Result<(IndicatorObservation, bool), Error> {
        let code = self.code();
        let known = desk.reader().find::<IndicatorObservation>(&code)?;
        let fresh = desk.fresh_id(Kind::IndicatorObservation, &code);
        let figure = IndicatorObservation {
            id: known.as_ref().map_or(fresh, |known| known.id),
            code,
            place: self.place,
            indicator: self.indicator,
            period: self.period,
            value: self.value,
            unit: self.unit,
            derived: self.derived,
            printed_in: self.table,
            original_source: self.published_by,
            source: desk.source(&self.source)?,
            note: self.note,
        };
        let is_new = known.as_ref() != Some(&figure);
        desk.save(figure.clone())?;
        Ok((figure, is_new))
    }
}

/// List the figures
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc indicator list --place LA")]
pub(crate) struct List {
    /// Only those of this place
    #[arg(long, value_name = "PLACE", value_parser = place)]
    place: Option<String>,
    /// Only those of this indicator
    #[arg(long, value_name = "INDICATOR")]
    indicator: Option<String>,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("place", "field-place"),
    Shown::plain("indicator", "field-indicator"),
    Shown::plain("period", "field-period"),
    Shown::plain("value", "field-value"),
    Shown::plain("unit", "field-unit"),
    Shown::plain("original_source", "field-publisher"),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        let is_wanted = |figure: &IndicatorObservation| {
            let place = self.place.as_ref();
            let indicator = self.indicator.as_ref();
            place.is_none_or(|place| figure.place == *place)
                && indicator.is_none_or(|indicator| figure.indicator == *indicator)
        };
        self.listed.show(context, COLUMNS, |reader| {
            let figures = reader.all::<IndicatorObservation>()?;
            let rows = figures.into_iter().filter(is_wanted);
            let rows = rows.map(|figure| (figure, Vec::new()));
            Ok(rows)
        })
    }
}

/// Take a figure out of the registry; the journal keeps it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc indicator remove LA/inflation/2025 --reason 'a forecast'")]
pub(crate) struct Remove {
    /// The figure: place, indicator and period
    #[arg(value_name = "PLACE/INDICATOR/PERIOD")]
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "indicator remove", &self.write, false, |desk| {
            desk.removal::<IndicatorObservation>(&self.code)
        })
    }
}
