//! Parties: the organisations that take part, with their other names and their identifiers.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Identifier, Kind, Record, Selection, lists, loaded};
use crate::domain::{
    CompanyName, CountryCode, Identity, NameKind, Names, PartyKind, RecordId, Side, TextBasis,
    Translated,
};
use crate::store::backend::{Backend, Db};
use crate::store::rows::{Rows, row};
use crate::store::schema::{party, party_identifier, party_name};

/// A company, bank, agency, association or government.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Party {
    #[serde(flatten)]
    pub(crate) facts: PartyFacts,
    pub(crate) other_names: Vec<OtherName>,
    pub(crate) identifiers: Vec<Identifier>,
}

/// What is stated once of a party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = party, check_for_backend(Backend))]
pub(crate) struct PartyFacts {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) name_en: Option<String>,
    pub(crate) name_zh: Option<String>,
    pub(crate) name_ja: Option<String>,
    /// In the home script.
    pub(crate) name_native: Option<String>,
    pub(crate) country: Option<CountryCode>,
    /// Only where the home country misleads.
    pub(crate) side: Option<Side>,
    pub(crate) kind: PartyKind,
    pub(crate) note: Option<String>,
    /// The fields that rest on general knowledge and on no source, separated by `;`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) general_knowledge: Option<String>,
}

/// A short, former or otherwise different name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = party_name, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherName {
    pub(crate) name: String,
    /// ISO 639 code.
    pub(crate) language: String,
    pub(crate) kind: NameKind,
    /// What it rests on; not stated means that a source has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) basis: Option<TextBasis>,
}

impl PartyFacts {
    /// Keeps of the fields that rest on general knowledge those that still say what they said in `before`.
    pub(crate) fn keep_general_knowledge(&mut self, before: &Self) {
        let Some(fields) = self.general_knowledge.take() else {
            return;
        };
        let (Ok(now), Ok(before)) = (serde_json::to_value(&*self), serde_json::to_value(before))
        else {
            return;
        };
        let kept = fields
            .split(';')
            .filter(|field| now.get(field) == before.get(field));
        let kept = kept.collect::<Vec<_>>().join(";");
        self.general_knowledge = Some(kept).filter(|kept| !kept.is_empty());
    }
}

impl Record for Party {
    const KIND: Kind = Kind::Party;

    fn id(&self) -> RecordId {
        self.facts.id
    }

    fn code(&self) -> &str {
        &self.facts.code
    }

    fn rows(&self, rows: &mut Rows) -> serde_json::Result<()> {
        let party = &self.facts.code;
        row!(rows, party(..&self.facts))?;
        for (number, name) in (1_i32..).zip(&self.other_names) {
            row!(rows, party_name(party, number, ..name))?;
        }
        for (number, identifier) in (1_i32..).zip(&self.identifiers) {
            row!(rows, party_identifier(party, number, ..identifier))?;
        }
        Ok(())
    }

    fn delete(code: &str, db: &mut Db) -> QueryResult<()> {
        diesel::delete(party_name::table.filter(party_name::party.eq(code))).execute(db)?;
        diesel::delete(party_identifier::table.filter(party_identifier::party.eq(code)))
            .execute(db)?;
        diesel::delete(party::table.filter(party::code.eq(code))).execute(db)?;
        Ok(())
    }

    fn load(selection: Selection<'_>, db: &mut Db) -> QueryResult<Vec<Self>> {
        let facts: Vec<PartyFacts> = loaded!(PartyFacts, party, selection, db)?;
        let (mut names, mut identifiers) = lists!(
            facts by party,
            db,
            party_name as OtherName::as_select(),
            party_identifier as (party_identifier::scheme, party_identifier::identifier),
        );
        let parties = facts.into_iter().map(|facts| Self {
            facts,
            other_names: names.next().unwrap_or_default(),
            identifiers: identifiers.next().unwrap_or_default(),
        });
        Ok(parties.collect())
    }
}

impl Party {
    /// Returns a party of which nothing is stated but what it is.
    pub(crate) fn new(id: RecordId, code: String, kind: PartyKind) -> Self {
        Self {
            facts: PartyFacts {
                code,
                id,
                name_en: None,
                name_zh: None,
                name_ja: None,
                name_native: None,
                country: None,
                side: None,
                kind,
                note: None,
                general_knowledge: None,
            },
            other_names: Vec::new(),
            identifiers: Vec::new(),
        }
    }

    /// What it is compared by with other organisations: all its names, former ones included.
    pub(crate) fn identity(&self) -> Identity {
        let names = self.names();
        let main = [names.en, names.zh, names.ja, names.native]
            .into_iter()
            .flatten();
        let other = self.other_names.iter().map(|other| other.name.as_str());
        let mut names: Vec<CompanyName> = main.chain(other).map(CompanyName::of).collect();
        names.dedup();
        let identifiers = self.identifiers.iter();
        Identity {
            names,
            identifiers: identifiers
                .map(|other| (other.scheme.clone(), other.identifier.clone()))
                .collect(),
            country: self.facts.country.clone(),
        }
    }

    /// The name in the languages in which it is stated.
    pub(crate) fn names(&self) -> Names<'_> {
        let facts = &self.facts;
        Names {
            en: facts.name_en.as_deref(),
            zh: facts.name_zh.as_deref(),
            ja: facts.name_ja.as_deref(),
            native: facts.name_native.as_deref(),
            translated: Translated::default(),
        }
    }
}

impl Party {
    /// The first pair of identifiers of one scheme that differ, where the two have none of that scheme in common.
    pub(crate) fn identifier_that_differs<'a>(
        &'a self,
        other: &'a Self,
    ) -> Option<(&'a Identifier, &'a Identifier)> {
        self.identifiers.iter().find_map(|left| {
            let of_scheme = || {
                other
                    .identifiers
                    .iter()
                    .filter(|right| right.scheme == left.scheme)
            };
            if of_scheme().any(|right| right.identifier == left.identifier) {
                return None;
            }
            of_scheme().next().map(|right| (left, right))
        })
    }

    /// Takes in what another record of the same party says: its names become aliases, or the name where there was none;
    /// its identifiers are added; its country, side and note fill what is not stated.
    pub(crate) fn take_in(&mut self, other: &Self) {
        let facts = &other.facts;
        let native = match facts.country.as_ref().map(CountryCode::as_str) {
            Some("CN" | "HK" | "MO" | "TW") => "zh",
            Some("JP") => "ja",
            _ => UNDETERMINED,
        };
        let names = [
            (&mut self.facts.name_en, &facts.name_en, "en"),
            (&mut self.facts.name_zh, &facts.name_zh, "zh"),
            (&mut self.facts.name_ja, &facts.name_ja, "ja"),
            (&mut self.facts.name_native, &facts.name_native, native),
        ];
        let mut aliases = other.other_names.clone();
        for (own, name, language) in names {
            match (own.as_ref(), name) {
                (None, Some(_)) => own.clone_from(name),
                (Some(own), Some(name)) if own != name => aliases.push(OtherName {
                    name: name.clone(),
                    language: language.to_owned(),
                    kind: NameKind::Alias,
                    basis: None,
                }),
                _ => {}
            }
        }
        for alias in aliases {
            if self.other_names.iter().all(|own| own.name != alias.name) {
                self.other_names.push(alias);
            }
        }
        for identifier in &other.identifiers {
            if !self.identifiers.contains(identifier) {
                self.identifiers.push(identifier.clone());
            }
        }
        self.facts.country = self.facts.country.take().or_else(|| facts.country.clone());
        self.facts.side = self.facts.side.or(facts.side);
        self.facts.note = self.facts.note.take().or_else(|| facts.note.clone());
    }
}

/// The code of ISO 639-2 for a language that is not known.
const UNDETERMINED: &str = "und";
