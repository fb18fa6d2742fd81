//! `tpmc party add`

use clap::Args;

use super::facts::FactArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Desk, Done, record_new};
use crate::commands::options::{NewArgs, needed};
use crate::context::Context;
use crate::domain::PartyKind;
use crate::error::Error;
use crate::store::{Error as StoreError, Kind, Party};

/// Add a party, and print its code
///
/// Unless a code is given, it is made of the Latin words of the name (mizuho-financial-group), or is a number (party-0001).
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
    new: NewArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let Some(kind) = self.facts.kind else {
            return Err(needed::<PartyKind>("what-new-party", "--kind"));
        };
        let said = (false, self.new.new);
        record_new(context, "party add", &self.write, said, |desk| {
            self.add(kind, desk)
        })
        .map(drop)
    }

    fn add(&self, kind: PartyKind, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
        let code = match &self.code {
            Some(code) => code.clone(),
            None => desk.writer.next_party_code(self.facts.names())?,
        };
        if desk.reader().find::<Party>(&code)?.is_some() {
            let what = Kind::Party.word();
            return Err(StoreError::Duplicate { what, code }.into());
        }
        let mut party = Party::new(desk.fresh_id(Kind::Party, &code), code, kind);
        self.facts.apply(&mut party, desk)?;
        desk.save(party.clone())?;
        if party.facts.country.is_none() && party.facts.side.is_none() {
            desk.remark("remark-no-country");
        }
        let told = message!(
            "told-named",
            code = party.facts.code,
            name = super::name(&party, desk.context.language)
        );
        Done::about(party, told)
    }
}
