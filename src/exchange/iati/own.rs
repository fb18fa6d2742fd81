//! The whole record in elements of our own namespace: every field that is stated, under its own name.

use serde_json::Value;

use super::xml::Xml;
use crate::exchange::Error;
use crate::exchange::cells::plain;
use crate::exchange::tables::Table;
use crate::report::Provenance;
use crate::store::Document;

/// Writes `tpmc:record`: the fields of the project, its lists, an element an item, and its provenance.
pub(super) fn write(
    document: &Document,
    provenance: &Provenance,
    xml: &mut Xml<'_>,
) -> Result<(), Error> {
    let value = document.to_value()?;
    let kind = document.kind();
    xml.open("tpmc:record", &[])?;
    for column in Table::of(kind).map_or(&[][..], |table| table.columns) {
        field(column.name, value.get(column.name), xml)?;
    }
    for (table, list) in Table::lists_of(kind) {
        let items = value.get(list.field).and_then(Value::as_array);
        for item in items.into_iter().flatten() {
            element(table.name, item, xml)?;
        }
    }
    let mut derived = serde_json::to_value(provenance)?;
    let sources = derived
        .as_object_mut()
        .and_then(|fields| fields.remove("sources"));
    element("provenance", &derived, xml)?;
    for source in sources
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        element("named_source", source, xml)?;
    }
    xml.close()
}

fn element(name: &str, value: &Value, xml: &mut Xml<'_>) -> Result<(), Error> {
    let Some(fields) = value.as_object() else {
        return field(name, Some(value), xml);
    };
    xml.open(&format!("tpmc:{name}"), &[])?;
    for (name, value) in fields {
        field(name, Some(value), xml)?;
    }
    xml.close()
}

fn field(name: &str, value: Option<&Value>, xml: &mut Xml<'_>) -> Result<(), Error> {
    match value.filter(|value| !value.is_null()) {
        Some(value) => xml.text(&format!("tpmc:{name}"), &[], &plain(value)),
        None => Ok(()),
    }
}
