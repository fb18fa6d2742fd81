//! The fields of a project that a mapping can fill.

use std::str::FromStr;

use super::row::Row;
use super::rule::Rule;
use super::value::Holds;
use crate::domain::*;
use crate::exchange::intake::Incoming;
use crate::exchange::intake::cell::{country, flag, list_number, word};
use crate::report::{Flaw, Said};

/// A field by its name in the mapping.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
}

const fn field(name: &'static str, holds: Holds) -> Field {
    Field { name, holds }
}

/// Reads the plain fields of a project from cells of a foreign table.
struct Foreign;

impl FieldReader for Foreign {
    type Error = Said;

    fn text(&self, text: &str) -> Result<String, Said> {
        stated_text(text).map_err(|error| error.why.into())
    }

    fn flag(&self, text: &str) -> Result<bool, Said> {
        flag(text)
    }

    fn word<V>(&self, text: &str) -> Result<V, Said>
    where
        V: Vocabulary + FromStr<Err = Invalid>,
    {
        word(text)
    }
}

macro_rules! mapped_fields {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
        /// All fields that a mapping can fill.
        pub(super) const FIELDS: &[Field] = &[
            field("code", Holds::Code),
            field("id", Holds::Id),
            field("list_number", Holds::ListNumber),
            field("forum", Holds::Text),
            field("identified", Holds::Flag),
            $(field(stringify!($field), Holds::of::<$type>()),)+
            field("hosts", Holds::Country),
            field("objectives", Holds::of::<Objective>()),
        ];

        /// Fills a plain field from a row. Returns whether there is one of this name.
        fn fill_plain(incoming: &mut Incoming, name: &str, rule: &Rule, row: &mut Row<'_>) -> bool {
            match name {
                $(stringify!($field) => {
                    incoming.$field = row.one(rule, |text| <$type>::read(&Foreign, text));
                })+
                _ => return false,
            }
            true
        }
    };
}
project_fields!(mapped_fields);

/// Fills the field from a row.
pub(super) fn fill(incoming: &mut Incoming, name: &str, rule: &Rule, row: &mut Row<'_>) {
    fn code<T: FromStr<Err = Invalid>>(text: &str) -> Result<T, Said> {
        text.parse().map_err(|error: Invalid| error.why.into())
    }
    if fill_plain(incoming, name, rule, row) {
        return;
    }
    let references = row.references;
    match name {
        "code" => incoming.code = row.one(rule, code),
        "id" => incoming.id = row.one(rule, code),
        "list_number" => incoming.list_number = row.one(rule, list_number),
        "forum" => incoming.forum = row.one(rule, |text| String::read(&Foreign, text)),
        "identified" => incoming.identified = row.one(rule, flag),
        "hosts" => {
            for column in &rule.columns {
                let text = row.cell(column);
                let mut pieces = text.split(rule.split.as_deref().unwrap_or("\u{0}"));
                if pieces.any(|piece| row.is_perhaps_namibia(piece.trim(), Some(rule))) {
                    row.report(column, text, Flaw::PerhapsNamibia, rule.on_finding);
                }
            }
            for host in row.many(rule, |text| country(references, text)) {
                if !incoming.hosts.contains(&host) {
                    incoming.hosts.push(host);
                }
            }
        }
        "objectives" => incoming.objectives = row.many(rule, word),
        _ => {}
    }
}
