//! The party sheet: one row a party, its lists in one cell each, as `tpmc export parties` writes it and `tpmc import plan` reads it.
//!
//! Lists are packed as in the project sheet: items separated by `;`, fields by `|`.

use super::Error;
use super::cells::cell;
use super::project_sheet::{packed, readable};
use super::tables::Table;
use crate::domain::guarded;
use crate::store::{Kind, Party};

/// All columns in their order.
pub(crate) const PARTY_COLUMNS: [&str; 12] = [
    "code",
    "id",
    "name_en",
    "name_zh",
    "name_ja",
    "name_native",
    "country",
    "side",
    "kind",
    "note",
    "other_names",
    "identifiers",
];

/// The cells of a party.
///
/// # Errors
/// When the record cannot be written as JSON.
pub(crate) fn party_cells(party: &Party) -> Result<Vec<String>, Error> {
    let value = serde_json::to_value(party)?;
    let fields = Table::of(Kind::Party).map_or(&[][..], |table| table.columns);
    let of = |name: &&str| {
        let value = value.get(name);
        if let Some(column) = fields.iter().find(|column| column.name == *name) {
            let text = cell(column, value);
            let is_country = *name == "country";
            return if is_country {
                readable(&text).to_owned()
            } else {
                text.into_owned()
            };
        }
        let list = Table::lists_of(Kind::Party).find(|(_, list)| list.field == *name);
        let packed = list.map(|(table, list)| packed::write(table, list, value));
        packed.map_or_else(String::new, |packed| guarded(&packed).into_owned())
    };
    Ok(PARTY_COLUMNS.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_party_has_a_column() {
        let fields = Table::of(Kind::Party).expect("a table").columns;
        // What rests on general knowledge is about how the record was kept, not about the party.
        let fields = fields.iter().map(|column| column.name);
        let fields = fields.filter(|name| *name != "general_knowledge");
        let lists = Table::lists_of(Kind::Party).map(|(_, list)| list.field);
        let mut all: Vec<&str> = fields.chain(lists).collect();
        let mut columns = PARTY_COLUMNS.to_vec();
        all.sort_unstable();
        columns.sort_unstable();
        assert_eq!(all, columns);
    }
}
