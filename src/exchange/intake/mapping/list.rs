//! The list that a mapping reads, and the places of rows in it.

use super::Mapping;
use crate::exchange::Listed;
use crate::store::Identifier;

impl Mapping {
    /// What the list is called: the scheme of its key, else what it is as a source, else what the mapping is called.
    pub(crate) fn list_name(&self) -> &str {
        let source = self.source.as_ref();
        let source = source.and_then(|list| {
            [&list.title, &list.url, &list.code]
                .into_iter()
                .flatten()
                .next()
        });
        let key = self.key.as_ref().map(|key| &key.scheme);
        key.or(source).unwrap_or(&self.name)
    }

    /// Whether its rows have a key.
    pub(crate) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// The place of a row in the list. Of a list without a key, the row is still to be named.
    pub(super) fn listed(&self, key: Option<&Identifier>) -> Option<Listed> {
        if self.has_key() && key.is_none() {
            return None;
        }
        Some(Listed {
            scheme: self.list_name().to_owned(),
            identifier: key.map_or_else(String::new, |key| key.identifier.clone()),
            has_key: self.has_key(),
            dated: self.source.as_ref().and_then(|list| list.dated),
            on_missing: self.on_missing,
        })
    }
}
