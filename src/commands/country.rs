//! `tpmc country`: one host country, and how the registry calls countries and regions.

use clap::{Args, Subcommand};

use super::WriteArgs;
use super::desk::{Done, record};
use super::listed::ListedArgs;
use super::options::{nothing_said, text};
use crate::context::Context;
use crate::domain::{CountryNames, Invalid, Side, Vocabulary as _};
use crate::error::Error;
use crate::report::{CountryReport, Shown};
use crate::store::{Country as Record, Filter, Wanted};

/// Show one host country: projects, partners, statuses, and what the paper's tables say of it
///
/// The figures are those of the paper, with its years. A signal is a figure beyond a threshold that the paper names.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Example: tpmc country TH")]
pub(crate) struct Country {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// The country: a code of ISO 3166-1, or a name in English, Chinese or Japanese
    #[arg(required = true)]
    country: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    List(List),
    Set(Set),
}

impl Country {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self.verb {
            Some(Verb::List(command)) => command.run(context),
            Some(Verb::Set(command)) => command.run(context),
            None => show(&self.country.unwrap_or_default(), context),
        }
    }
}

fn show(country: &str, context: &Context) -> Result<(), Error> {
    let (report, labels) = context.read(|reader| {
        let country = reader.country(country)?;
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

/// List the countries and regions with the names that the registry prints
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc country list --named-here")]
struct List {
    /// Only those whose names were set with `tpmc country set`
    #[arg(long)]
    named_here: bool,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::plain("alpha3", "field-alpha3"),
    Shown::plain("name_en", "field-name_en"),
    Shown::plain("name_zh", "field-name_zh"),
    Shown::plain("name_ja", "field-name_ja"),
    Shown::plain("asean_since", "field-asean_since").optional(),
    Shown::word("side", "field-side", "side").optional(),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let mut countries = reader.all::<Record>()?;
            if self.named_here {
                let here = reader.countries_named_here(i64::MAX)?;
                countries.retain(|country| here.contains(&country.code));
            }
            Ok(countries.into_iter().map(|country| (country, Vec::new())))
        })
    }
}

/// Set what the registry calls a country or region, and the side of the parties at home there
///
/// Tables, reports and pages print the new name, and the report says which names and sides were set. The official names can still be
/// typed. Unless it is set otherwise, China, Hong Kong and Macao are the Chinese side and Japan is the Japanese side.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc country set HK --name-zh 香港 --reason 'as the office writes it'\n         tpmc country set SG --side other"
)]
struct Set {
    /// The country: a code of ISO 3166-1, or a name in English, Chinese or Japanese
    country: String,
    /// Name in English
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_en: Option<String>,
    /// Name in Chinese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_zh: Option<String>,
    /// Name in Japanese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_ja: Option<String>,
    /// Side of the parties that are at home there; other takes it from both sides
    #[arg(long, value_parser = crate::args::words::<Side>())]
    side: Option<Side>,
    /// Judge the side of the parties at home there by the usual rule again
    #[arg(long, conflicts_with = "side")]
    usual_side: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    fn run(self, context: &Context) -> Result<(), Error> {
        let names = [&self.name_en, &self.name_zh, &self.name_ja];
        if names.iter().all(|name| name.is_none()) && self.side.is_none() && !self.usual_side {
            return Err(nothing_said("country set"));
        }
        record(context, "country set", &self.write, false, |desk| {
            let mut country = desk.reader().country(&self.country)?;
            let all = desk.reader().all::<Record>()?;
            let known = CountryNames::new(all.into_iter().filter_map(Record::named));
            for name in names.into_iter().flatten() {
                // A name must go on meaning one country.
                let other = known
                    .find(name)
                    .filter(|code| code.as_str() != country.code);
                if let Some(code) = other {
                    let why = message!("why-country-name", code = code.as_str());
                    return Err(Invalid::new("what-country-name", name, why).into());
                }
            }
            let said = [
                (&mut country.name_en, &self.name_en),
                (&mut country.name_zh, &self.name_zh),
                (&mut country.name_ja, &self.name_ja),
            ];
            for (name, said) in said {
                if let Some(said) = said {
                    name.clone_from(said);
                }
            }
            match self.side {
                Some(Side::Host) => {
                    let why = "why-home-side";
                    return Err(Invalid::new("what-side", Side::Host.word(), why).into());
                }
                Some(side) => country.side = Some(side),
                None if self.usual_side => country.side = None,
                None => {}
            }
            desk.save(country.clone())?;
            let name = country.names().for_reader(context.language).to_owned();
            let code = &country.code;
            let told = match country.side {
                Some(side) if self.side.is_some() => message!("told-side", code, name, side),
                None if self.usual_side => message!("told-usual-side", code, name),
                _ => message!("told-named", code, name),
            };
            Done::about(country, told)
        })
    }
}
