//! What codes stand for: the names that a page gives beside them.

use std::collections::BTreeMap;

use super::record_change::names_of;
use crate::domain::Language;
use crate::store::{Document, Kind};

/// Names of records by kind and code, and the decimal places of currencies.
#[derive(Debug, Default)]
pub(crate) struct Glossary {
    names: BTreeMap<(Kind, String), String>,
    places: BTreeMap<String, u32>,
}

impl Glossary {
    /// Takes up what a reader of `language` needs to know of a record.
    pub(crate) fn add(&mut self, document: &Document, language: Language) {
        let (kind, code) = (document.kind(), document.code().to_owned());
        if let Document::Currency(currency) = document {
            let places = currency
                .decimal_places
                .and_then(|places| u32::try_from(places).ok());
            self.places
                .extend(places.map(|places| (code.clone(), places)));
        }
        let name = names_of(document).for_reader(language);
        if !name.is_empty() {
            self.names.insert((kind, code), name.to_owned());
        }
    }

    /// Takes up the name of something that is no record yet.
    pub(crate) fn put(&mut self, kind: Kind, code: &str, name: &str) {
        self.names.insert((kind, code.to_owned()), name.to_owned());
    }

    /// The name of a record, when it has one.
    pub(crate) fn name(&self, kind: Kind, code: &str) -> Option<&str> {
        let name = self.names.get(&(kind, code.to_owned()));
        name.map(String::as_str)
    }

    /// How many decimals the minor unit of a currency has.
    pub(crate) fn places(&self, currency: &str) -> Option<u32> {
        self.places.get(currency).copied()
    }
}
