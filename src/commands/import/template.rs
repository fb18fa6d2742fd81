//! `tpmc import template`

use std::fs::File;
use std::io::BufWriter;

use clap::Args;

use crate::context::Context;
use crate::domain::{
    Confidence, Instrument, Mode, Objective, PartyKind, Sector, Side, Status, Vocabulary,
};
use crate::error::Error;
use crate::exchange::{Template, TemplateColumn};
use crate::language::Labels;
use crate::render::{self, Format};
use crate::store::{Country, Forum};

/// Write a sheet to fill in, for `tpmc import plan`
///
/// With a name that ends in .xlsx it is a workbook: its headings have notes, cells have drop-down lists in the chosen language,
/// and a second sheet explains the columns. Else it is CSV with the headings alone. An import reads it as it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc import template -o projects.xlsx\n         tpmc --lang ja import template --parties -o parties.xlsx"
)]
pub(crate) struct MakeTemplate {
    /// For parties instead of projects
    #[arg(long)]
    parties: bool,
}

/// The columns of a sheet of projects that people fill in.
const PROJECTS: [&str; 20] = [
    "code",
    "title_en",
    "title_zh",
    "title_ja",
    "title_original",
    "forum",
    "list_number",
    "instrument",
    "mode",
    "sector",
    "hosts",
    "host_note",
    "objectives",
    "status",
    "status_on",
    "parties",
    "money",
    "sources",
    "confidence",
    "note",
];

/// The columns of a sheet of parties that people fill in.
const PARTIES: [&str; 11] = [
    "code",
    "name_en",
    "name_zh",
    "name_ja",
    "name_native",
    "country",
    "side",
    "kind",
    "other_names",
    "identifiers",
    "note",
];

impl MakeTemplate {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let template = context.read(|reader| {
            let labels = context.labels(reader)?;
            let countries = reader.all::<Country>()?.into_iter();
            let mut countries: Vec<String> = countries
                .map(|country| labels.country(&country.code).to_owned())
                .collect();
            countries.sort();
            let forums = reader.all::<Forum>()?.into_iter();
            let forums: Vec<String> = forums.map(|forum| forum.code).collect();
            Ok(self.template(&labels, &countries, &forums))
        })?;
        let format = match (context.named_format(), context.output()) {
            (None, None) => Format::Csv,
            _ => context.format()?,
        };
        match format {
            Format::Csv => {
                let written = context.out.stream_csv(|out| Ok(template.csv(out)?));
                written.map(drop)
            }
            Format::Xlsx => context.out.place(|draft| {
                let file = BufWriter::new(File::create(draft)?);
                Ok(template.xlsx(file)?)
            }),
            other => Err(render::Error::NotAs(other).into()),
        }
    }

    fn template(&self, labels: &Labels, countries: &[String], forums: &[String]) -> Template {
        let headings = if self.parties {
            &PARTIES[..]
        } else {
            &PROJECTS[..]
        };
        let column = |heading: &&'static str| {
            let (words, is_open) = match *heading {
                "instrument" => (words::<Instrument>(labels), false),
                "mode" => (words::<Mode>(labels), false),
                "sector" => (words::<Sector>(labels), false),
                "status" => (words::<Status>(labels), false),
                "confidence" => (words::<Confidence>(labels), false),
                "side" => (words::<Side>(labels), false),
                "kind" => (words::<PartyKind>(labels), false),
                "objectives" => (words::<Objective>(labels), true),
                "forum" => (forums.to_vec(), false),
                "country" => (countries.to_vec(), true),
                "hosts" => (countries.to_vec(), true),
                _ => (Vec::new(), true),
            };
            TemplateColumn {
                heading,
                about: labels.text(&format!("template-{heading}")),
                words,
                is_open,
            }
        };
        Template {
            sheet: if self.parties { "parties" } else { "projects" },
            columns: headings.iter().map(column).collect(),
            headings: ["import-column", "template-about"].map(|key| labels.text(key)),
        }
    }
}

/// The words of a vocabulary in the language of the labels.
fn words<V: Vocabulary + Copy>(labels: &Labels) -> Vec<String> {
    V::ALL.iter().map(|word| labels.word(*word)).collect()
}
