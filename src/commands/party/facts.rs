//! The fields of a party as options: the same on `add` and on `set`.

use clap::Args;

use crate::args::words;
use crate::commands::desk::Desk;
use crate::commands::options::{identifier, language, put, text};
use crate::domain::{Invalid, NameKind, OrganisationId, PartyKind, Side};
use crate::error::Error;
use crate::language::read_word;
use crate::store::{Identifier, OtherName, Party};

/// What is stated of a party. What is not known is left out.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fields")]
pub(crate) struct FactArgs {
    /// Name in English
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_en: Option<String>,
    /// Name in Chinese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_zh: Option<String>,
    /// Name in Japanese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_ja: Option<String>,
    /// Name in the home script, where that is another language
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_native: Option<String>,
    /// Home country: a code of ISO 3166-1, or a name in English, Chinese or Japanese
    #[arg(long)]
    country: Option<String>,
    /// Side, only where the home country misleads
    #[arg(long, value_parser = words::<Side>())]
    side: Option<Side>,
    /// What it is
    #[arg(long, value_parser = words::<PartyKind>())]
    pub(super) kind: Option<PartyKind>,
    /// A short, former or otherwise different name, like short:en:MHFG (can be repeated; added to those it has)
    #[arg(long, value_name = "KIND:LANGUAGE:NAME", value_parser = other_name)]
    other_name: Vec<OtherName>,
    /// An identifier with its scheme, like XI-LEI:353800CI5L6DDAN5XZ33 (can be repeated; added to those it has)
    #[arg(long, value_name = "SCHEME:IDENTIFIER", value_parser = checked_identifier)]
    identifier: Vec<Identifier>,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
}

/// An identifier as its scheme writes it, with the right check digits.
fn checked_identifier(argument: &str) -> Result<Identifier, Invalid> {
    let Identifier { scheme, identifier } = identifier(argument)?;
    let OrganisationId { scheme, identifier } = OrganisationId::new(&scheme, &identifier)?;
    Ok(Identifier { scheme, identifier })
}

/// `KIND:LANGUAGE:NAME`.
fn other_name(argument: &str) -> Result<OtherName, Invalid> {
    let mut parts = argument.splitn(3, ':');
    let (Some(kind), Some(spoken), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
        let why = "why-other-name";
        return Err(Invalid::new("what-other-name", argument, why));
    };
    Ok(OtherName {
        name: text(name)?,
        language: language(spoken)?,
        kind: kind
            .parse()
            .or_else(|invalid: Invalid| read_word::<NameKind>(kind, None).map_err(|_| invalid))?,
        basis: None,
    })
}

impl FactArgs {
    /// The names that are stated, the English one first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let names = [
            &self.name_en,
            &self.name_native,
            &self.name_zh,
            &self.name_ja,
        ];
        names.into_iter().filter_map(|name| name.as_deref())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names().next().is_none()
            && self.country.is_none()
            && self.side.is_none()
            && self.kind.is_none()
            && self.other_name.is_empty()
            && self.identifier.is_empty()
            && self.note.is_none()
    }

    /// Puts what was said into the party.
    pub(super) fn apply(&self, party: &mut Party, desk: &mut Desk<'_, '_>) -> Result<(), Error> {
        let before = party.facts.clone();
        let facts = &mut party.facts;
        put(&mut facts.name_en, &self.name_en);
        put(&mut facts.name_zh, &self.name_zh);
        put(&mut facts.name_ja, &self.name_ja);
        put(&mut facts.name_native, &self.name_native);
        if let Some(country) = &self.country {
            facts.country = Some(desk.reader().country(country)?.code.parse()?);
        }
        put(&mut facts.side, &self.side);
        facts.kind = self.kind.unwrap_or(facts.kind);
        put(&mut facts.note, &self.note);
        facts.keep_general_knowledge(&before);
        for name in &self.other_name {
            if !party.other_names.contains(name) {
                party.other_names.push(name.clone());
            }
        }
        for identifier in &self.identifier {
            if !party.identifiers.contains(identifier) {
                party.identifiers.push(identifier.clone());
            }
        }
        Ok(())
    }
}
