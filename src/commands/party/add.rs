//! `tpmc party add`

use clap::Args;

use super::facts::FactArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, Done, record};
use crate::commands::options::needed;
use crate::context::Context;
use crate::domain::PartyKind;
use crate::error::Error;
use crate::store::{Error as StoreError, Kind, Party, PartyFacts};

/// Add a party, and print its code
///
/// The code is made of the English name, unless one is given: mizuho-financial-group.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc party add --name-en 'Lao Wind Power' --country Laos --kind company"
)]
pub(crate) struct Add {
    /// Its code: lower-case letters, digits and hyphens
    #[arg(long)]
    code: Option<String>,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let Some(kind) = self.facts.kind else {
            return Err(needed::<PartyKind>("a new party", "--kind"));
        };
        record(context, "party add", &self.write, false, |desk| {
            self.add(kind, desk)
        })
    }

    fn add(&self, kind: PartyKind, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
        let code = match &self.code {
            Some(code) => code.clone(),
            None => desk.writer.next_party_code(self.facts.name_en.as_deref())?,
        };
        if desk.reader().find::<Party>(&code)?.is_some() {
            let what = Kind::Party.word();
            return Err(StoreError::Duplicate { what, code }.into());
        }
        let mut party = Party {
            facts: PartyFacts {
                id: desk.fresh_id(Kind::Party, &code),
                code,
                name_en: None,
                name_zh: None,
                name_ja: None,
                name_native: None,
                country: None,
                side: None,
                kind,
                note: None,
            },
            other_names: Vec::new(),
            identifiers: Vec::new(),
        };
        self.facts.apply(&mut party, desk)?;
        desk.save(party.clone())?;
        if party.facts.country.is_none() && party.facts.side.is_none() {
            desk.remark("Its country is not stated, so reports cannot tell its side.");
        }
        let told = format!("{}: {}", party.facts.code, super::name(&party));
        Done::about(party, told)
    }
}
