//! The records as tidy tables: one table a kind, one more for every list in it, each column with its type and meaning.
//!
//! The names are those of the documents, so that a row is read out of a document, and a document put together from rows, by
//! name. A test holds every field of every kind to a column: nothing can be forgotten.

mod cooperation;
mod projects;
mod reference;
#[cfg(test)]
mod tests;

use crate::domain::{FieldKind, FieldValue};
use crate::store::Kind;

/// A table of the tidy form.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) about: &'static str,
    /// None for the table of the records themselves.
    pub(crate) list: Option<List>,
    /// Of a list's table: without the columns that name its record and the place in the list.
    pub(crate) columns: &'static [Column],
}

/// The list of a document that a table holds.
#[derive(Debug)]
pub(crate) struct List {
    /// The field of the document.
    pub(crate) field: &'static str,
    pub(crate) items: Items,
}

/// What the items of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Items {
    /// Values of the table's one column.
    Values,
    /// Objects; their place in the list is their number.
    Objects,
    /// Objects with a number of their own, which may have gaps.
    Numbered,
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    pub(crate) required: bool,
    pub(crate) about: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    Text,
    Integer,
    Flag,
    /// A day.
    Day,
    /// A day, a month or a year.
    Date,
    /// A decimal number as stated.
    Decimal,
    /// A UUID.
    Id,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// The code of a record of this kind.
    Code(Kind),
}

impl Holds {
    /// Returns what the column of a plain field holds.
    const fn of<T: FieldValue>() -> Self {
        match T::KIND {
            FieldKind::Text => Self::Text,
            FieldKind::Flag => Self::Flag,
            FieldKind::Word(_, words) => Self::Word(words),
        }
    }

    /// Whether a cell may hold any text: it is guarded against spreadsheets then.
    pub(crate) fn is_free_text(self) -> bool {
        matches!(self, Self::Text | Self::Code(_))
    }
}

/// The name of the column that numbers the items of a list.
pub(crate) const NUMBER: &str = "number";

impl Table {
    /// All tables, in an order in which nothing comes before what it refers to.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        reference::BEFORE
            .iter()
            .chain(projects::TABLES)
            .chain(cooperation::AFTER)
    }

    /// The table of the records of a kind.
    pub(crate) fn of(kind: Kind) -> Option<&'static Self> {
        Self::all().find(|table| table.kind == kind && table.list.is_none())
    }

    /// The tables of the lists of a kind.
    pub(crate) fn lists_of(kind: Kind) -> impl Iterator<Item = (&'static Self, &'static List)> {
        Self::all()
            .filter(move |table| table.kind == kind)
            .filter_map(|table| table.list.as_ref().map(|list| (table, list)))
    }

    /// Names of all columns, those that name the record and the place in the list included.
    pub(crate) fn headings(&self) -> Vec<&'static str> {
        let keys = self.list.iter().flat_map(|_| [self.kind.word(), NUMBER]);
        keys.chain(self.columns.iter().map(|column| column.name))
            .collect()
    }
}

/// The fields and the lists of a project, by name.
pub(crate) fn fields_of_projects() -> Vec<&'static str> {
    let fields = Table::of(Kind::Project).map_or(&[][..], |table| table.columns);
    let lists = Table::lists_of(Kind::Project).map(|(_, list)| list.field);
    fields
        .iter()
        .map(|column| column.name)
        .chain(lists)
        .collect()
}

/// A column that is always filled.
const fn must(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column {
        name,
        holds,
        required: true,
        about,
    }
}

/// A column that is empty where nothing is stated.
const fn may(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column {
        name,
        holds,
        required: false,
        about,
    }
}

/// The table of the records of a kind.
const fn records(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    columns: &'static [Column],
) -> Table {
    Table {
        name,
        kind,
        about,
        list: None,
        columns,
    }
}

/// The table of a list.
const fn list(
    name: &'static str,
    kind: Kind,
    (field, items): (&'static str, Items),
    about: &'static str,
    columns: &'static [Column],
) -> Table {
    Table {
        name,
        kind,
        about,
        list: Some(List { field, items }),
        columns,
    }
}
