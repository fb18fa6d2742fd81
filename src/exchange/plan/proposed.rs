//! What a file says of a project once its parties and sources are known: by code, or by the key of a new one.

use serde::{Deserialize, Serialize};

use crate::domain::*;
use crate::store::{Amount, Event, Identifier, Participation, ProjectFacts, Risk};

/// The place of a project in a list of others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    /// The scheme of the key; of a list without a key, what it is called.
    pub(crate) scheme: String,
    /// The key; of a list without a key, the digest of the row.
    pub(crate) identifier: String,
    pub(crate) has_key: bool,
    /// The day of which the list speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dated: Option<PartialDate>,
    #[serde(default)]
    pub(crate) on_missing: OnMissing,
}

/// What becomes of what a list stated before and does not state any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnMissing {
    /// It stays, and the plan shows it.
    #[default]
    Keep,
    /// It goes, unless somebody changed it or another list states it.
    Withdraw,
}

macro_rules! proposed {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
        /// A project as the file states it. None and an empty list: the file says nothing of it. A part with the number 0
        /// gets one when it is recorded. `undated_status`: where the file says that the project stands, and not since when.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Proposed {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) id: Option<RecordId>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) list_number: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) forum: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) identified: Option<bool>,
            $(#[serde(skip_serializing_if = "Option::is_none")] pub(crate) $field: Option<$type>,)+
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) undated_status: Option<Status>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) list: Option<Listed>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) hosts: Vec<CountryCode>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) objectives: Vec<Objective>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) identifiers: Vec<Identifier>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) participations: Vec<Participation>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) events: Vec<Event>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) amounts: Vec<Amount>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) risks: Vec<Risk>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub(crate) citations: Vec<String>,
        }
    };
}

project_fields!(proposed);

impl Proposed {
    /// The titles that are stated.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        let titles = [
            &self.title_en,
            &self.title_zh,
            &self.title_ja,
            &self.title_original,
        ];
        titles.into_iter().flatten().map(String::as_str)
    }

    /// Takes the translated titles out of `facts` in whose place it has others: a translation gives way to what a source has.
    pub(crate) fn replace_translations(&self, facts: &mut ProjectFacts) {
        let titles = [
            (
                &mut facts.title_zh,
                &mut facts.title_zh_basis,
                &self.title_zh,
            ),
            (
                &mut facts.title_ja,
                &mut facts.title_ja_basis,
                &self.title_ja,
            ),
        ];
        for (known, basis, said) in titles {
            if *basis == Some(TextBasis::Translated) && said.is_some() && said != known {
                (*known, *basis) = (None, None);
            }
        }
    }

    /// What it is compared by.
    pub(crate) fn identity(&self) -> ProjectIdentity {
        ProjectIdentity::new(
            self.titles(),
            self.participations.iter().map(|part| part.party.clone()),
            self.hosts.iter().cloned(),
        )
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    text
}
