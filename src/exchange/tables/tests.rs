//! Every field of every kind has a place in a table.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::store::Kind;

/// The smallest document of a kind that says something in every list.
fn field_names(kind: Kind) -> BTreeSet<String> {
    let mut document = json!({});
    // Optional fields are left out of a document while they are empty.
    let optional = Table::of(kind).into_iter().flat_map(|table| table.columns);
    for column in optional.filter(|column| !column.required) {
        document[column.name] = example(kind, column.name);
    }
    if kind == Kind::MechanismEvent {
        document["texts"] = json!([{"language": "ja", "title": "A", "place": null, "participants": null,
            "outcome": null, "basis": null}]);
    }
    if kind == Kind::Project {
        document["origins"] = json!([{"scheme": "A", "identifier": "A", "states": "A"}]);
    }
    // Serde names the first field that is missing: each is given until none is.
    loop {
        match kind.document(document.clone()) {
            Ok(document) => {
                let Ok(Value::Object(fields)) = document.to_value() else {
                    return BTreeSet::new();
                };
                return fields.into_iter().map(|(name, _)| name).collect();
            }
            Err(error) => {
                let message = error.to_string();
                let name = message
                    .split('`')
                    .nth(1)
                    .filter(|_| message.contains("missing field"));
                let Some(name) = name else {
                    panic!("{kind}: {message}")
                };
                document[name] = example(kind, name);
            }
        }
    }
}

/// A value for the field `name`.
fn example(kind: Kind, name: &str) -> Value {
    if Table::lists_of(kind).any(|(_, list)| list.field == name) {
        return json!([]);
    }
    let columns = Table::of(kind).expect("a table").columns;
    let column = columns.iter().find(|column| column.name == name);
    match column.map(|column| column.holds) {
        Some(Holds::Integer) => json!(1),
        Some(Holds::Flag) => json!(true),
        Some(Holds::Day | Holds::Date) => json!("2018-10-26"),
        Some(Holds::Decimal) => json!("-0.10"),
        Some(Holds::Id) => json!("01234567-89ab-7def-8123-456789abcdef"),
        Some(Holds::Word(words)) => json!(words()[0]),
        Some(Holds::Code(Kind::Currency)) => json!("USD"),
        Some(Holds::Code(Kind::Country)) => json!("JP"),
        Some(Holds::Code(Kind::Project)) => json!("P-0001"),
        _ if kind == Kind::Project => json!("P-0001"),
        _ => json!("A"),
    }
}

#[test]
fn every_field_has_a_column_or_a_table() {
    for kind in Kind::ALL.iter().copied() {
        let fields = field_names(kind);
        let columns = Table::of(kind).expect("a table").columns;
        let names = columns.iter().map(|column| column.name);
        let lists = Table::lists_of(kind).map(|(_, list)| list.field);
        let placed: BTreeSet<String> = names.chain(lists).map(str::to_owned).collect();
        assert_eq!(fields, placed, "{kind}");
    }
}

#[test]
fn names_are_distinct_and_codes_come_first() {
    let mut seen = BTreeSet::new();
    for table in Table::all() {
        assert!(seen.insert(table.name), "{} twice", table.name);
        assert!(table.about.len() < 70 && !table.about.is_empty());
        match &table.list {
            None => assert_eq!(table.columns[0].name, "code"),
            Some(list) => assert!(list.items != Items::Values || table.columns.len() == 1),
        }
    }
}
