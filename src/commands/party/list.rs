//! `tpmc party list`

use clap::Args;
use serde_json::Value;

use crate::args::words;
use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::domain::PartyKind;
use crate::error::Error;
use crate::report::Shown;
use crate::store::{Party, Reader};

/// List parties
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc party list --country TH")]
pub(crate) struct List {
    /// Only those with this text in a name
    #[arg(long, value_name = "TEXT")]
    with: Option<String>,
    /// Only those of this home country: a code of ISO 3166-1, or a name in English, Chinese or Japanese
    #[arg(long)]
    country: Option<String>,
    /// Only those of this kind
    #[arg(long, value_parser = words::<PartyKind>())]
    kind: Option<PartyKind>,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code").leading_to("party"),
    Shown::plain("name", "field-party"),
    Shown::plain("country", "field-country"),
    Shown::word("kind", "field-kind", "party-kind"),
];

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let rows = self.parties(reader)?.into_iter().map(|party| {
                let name = party.names().for_reader(context.language).to_owned();
                (party, vec![("name", Value::from(name))])
            });
            Ok(rows)
        })
    }

    fn parties(&self, reader: &mut Reader<'_>) -> Result<Vec<Party>, Error> {
        let mut parties = match &self.with {
            None => reader.all::<Party>()?,
            Some(text) => match reader.parties_named(text) {
                Ok(codes) => reader.some::<Party>(codes)?.into_values().collect(),
                Err(crate::store::Error::NotFound { .. }) => Vec::new(),
                Err(error) => return Err(error.into()),
            },
        };
        if let Some(country) = &self.country {
            let country = reader.country(country)?.code;
            parties.retain(|party| {
                let home = party.facts.country.as_ref();
                home.is_some_and(|home| home.as_str() == country)
            });
        }
        parties.retain(|party| self.kind.is_none_or(|kind| party.facts.kind == kind));
        Ok(parties)
    }
}
