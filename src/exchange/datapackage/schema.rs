//! What `datapackage.json` says of the tables (Data Package and Table Schema, version 2).
//!
//! `fieldsMatch` is left out on purpose: its default, an exact match, is what we mean, and the text of the standard and its
//! published profile disagree on how to write it.

use serde_json::{Map, Value, json};

use super::{NAME, file_name};
use crate::domain::{Confidence, Status, Vocabulary as _};
use crate::exchange::tables::{Column, Holds, Items, List, NUMBER, Table};
use crate::store::Kind;

/// The version of our tables: raised when a reader of the old ones would go wrong.
pub(super) const VERSION: &str = "1.0.0";

const fn column(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column {
        name,
        holds,
        required: false,
        about,
    }
}

/// Tables that follow from the others.
static DERIVED: [Table; 2] = [
    Table {
        name: "provenance",
        kind: Kind::Project,
        about: "Status and scores of projects; follows from the other tables",
        list: None,
        columns: &[
            column("project", Holds::Code(Kind::Project), "The project"),
            column("status", Holds::Word(statuses), "Status by its events"),
            column(
                "status_on",
                Holds::Date,
                "Date of the event that brought the status",
            ),
            column(
                "evidence_on",
                Holds::Date,
                "Date of the latest event with a source",
            ),
            column(
                "completeness",
                Holds::Decimal,
                "How many of eight facts are stated, divided by eight",
            ),
            column(
                "source_quality",
                Holds::Decimal,
                "Mean over its sources: high 1, medium 0.5, low 0",
            ),
            column(
                "evidence",
                Holds::Decimal,
                "Status events with a source, divided by all status events",
            ),
        ],
    },
    Table {
        name: "named_source",
        kind: Kind::Project,
        about: "All sources that a project names; follows from the other tables",
        list: Some(List {
            field: "sources",
            items: Items::Objects,
        }),
        columns: &[
            column("source", Holds::Code(Kind::Source), "The source"),
            column(
                "confidence",
                Holds::Word(confidences),
                "How far it can be relied on",
            ),
        ],
    },
];

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|word| word.word()).collect()
}

fn confidences() -> Vec<&'static str> {
    Confidence::ALL.iter().map(|word| word.word()).collect()
}

/// The tables of the package: all, or only those that do not follow from others.
pub(super) fn tables(is_whole: bool) -> impl Iterator<Item = &'static Table> {
    let derived = DERIVED.iter().filter(move |_| is_whole);
    Table::all().chain(derived)
}

/// Whether a table follows from the others: an import leaves it aside.
pub(super) fn is_derived(table: &Table) -> bool {
    DERIVED.iter().any(|derived| derived.name == table.name)
}

/// The content of `datapackage.json`.
pub(super) fn descriptor(is_whole: bool) -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": "Registry of China-Japan third-party market cooperation",
        "description": "One table a kind of record. An empty field is what is not stated. Text that begins with = + - @ \
            (or their full-width forms), a tab, a line end or an apostrophe has an apostrophe in front, to be taken away when \
            it is read; a lone apostrophe is a text that is stated and empty.",
        "version": VERSION,
        "resources": tables(is_whole).map(resource).collect::<Vec<_>>(),
    })
}

fn resource(table: &'static Table) -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": table.name,
        "path": file_name(table),
        "type": "table",
        "title": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema(table),
    })
}

fn schema(table: &'static Table) -> Value {
    let owner = table.kind.word();
    let (mut fields, mut foreign) = (Vec::new(), Vec::new());
    if table.list.is_some() {
        fields.push(field(
            owner,
            Holds::Code(table.kind),
            true,
            "The record that the row belongs to",
        ));
        foreign.push(reference(owner, table.kind));
        fields.push(field(
            NUMBER,
            Holds::Integer,
            true,
            "Place of the row in its record",
        ));
    }
    for column in table.columns {
        fields.push(field(
            column.name,
            column.holds,
            column.required,
            column.about,
        ));
        if let Holds::Code(kind) = column.holds {
            foreign.push(reference(column.name, kind));
        }
    }
    let key = match (&table.list, table.columns.first()) {
        (Some(_), _) => json!([owner, NUMBER]),
        (None, first) => json!([first.map_or("code", |column| column.name)]),
    };
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": key,
    });
    if let (false, Some(schema)) = (foreign.is_empty(), schema.as_object_mut()) {
        schema.insert("foreignKeys".to_owned(), foreign.into());
    }
    schema
}

fn reference(column: &str, kind: Kind) -> Value {
    json!({"fields": [column], "reference": {"resource": kind.word(), "fields": ["code"]}})
}

fn field(name: &str, holds: Holds, required: bool, about: &str) -> Value {
    let mut constraints = Map::new();
    if required {
        constraints.insert("required".to_owned(), true.into());
    }
    let kind = match holds {
        Holds::Text | Holds::Code(_) => "string",
        Holds::Integer => "integer",
        Holds::Flag => "boolean",
        Holds::Day => "date",
        Holds::Decimal => "number",
        Holds::Date => {
            constraints.insert(
                "pattern".to_owned(),
                "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?".into(),
            );
            "string"
        }
        Holds::Id => {
            constraints.insert("unique".to_owned(), true.into());
            "string"
        }
        Holds::Word(words) => {
            constraints.insert("enum".to_owned(), words().into());
            "string"
        }
    };
    let mut field = json!({"name": name, "type": kind, "description": about});
    let Some(said) = field.as_object_mut() else {
        return field;
    };
    if matches!(holds, Holds::Id) {
        said.insert("format".to_owned(), "uuid".into());
    }
    if matches!(holds, Holds::Flag) {
        said.insert("trueValues".to_owned(), json!(["true"]));
        said.insert("falseValues".to_owned(), json!(["false"]));
    }
    if !constraints.is_empty() {
        said.insert("constraints".to_owned(), constraints.into());
    }
    field
}
