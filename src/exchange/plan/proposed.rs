//! What a file says of a project once its parties and sources are known: by code, or by the key of a new one.

use serde::{Deserialize, Serialize};

use crate::domain::*;
use crate::store::{Amount, Event, Identifier, Participation, Risk};

macro_rules! proposed {
    ($($field:ident: $type:ty),+ $(,)?; $($list:ident: $item:ty),+ $(,)?) => {
        /// A project as the file states it. None and an empty list: the file says nothing of it. A part with the number 0
        /// gets one when it is recorded. `undated_status`: where the file says that the project stands, and not since when.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Proposed {
            $(#[serde(skip_serializing_if = "Option::is_none")] pub(crate) $field: Option<$type>,)+
            $(#[serde(skip_serializing_if = "Vec::is_empty")] pub(crate) $list: Vec<$item>,)+
        }
    };
}

proposed! {
    id: RecordId,
    list_number: i64,
    forum: String,
    identified: bool,
    umbrella: bool,
    instrument: Instrument,
    title_en: String,
    title_zh: String,
    title_ja: String,
    title_original: String,
    mode: Mode,
    mode_basis: ModeBasis,
    sector: Sector,
    host_note: String,
    membership: Membership,
    confidence: Confidence,
    note: String,
    undated_status: Status;
    hosts: CountryCode,
    objectives: Objective,
    identifiers: Identifier,
    participations: Participation,
    events: Event,
    amounts: Amount,
    risks: Risk,
    citations: String,
}

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
