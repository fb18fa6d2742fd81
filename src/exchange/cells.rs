//! Documents as rows of cells, and rows of cells as documents.
//!
//! An empty cell is what is not stated; a text that is stated and empty is a lone apostrophe. Texts that a spreadsheet would
//! obey are guarded: see [`guarded`].

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::tables::{Column, Holds, Items, List, NUMBER, Table};
use crate::domain::{guarded, unguarded};
use crate::message::Message;

/// The cell of a stated text that is empty.
const EMPTY_TEXT: &str = "'";

/// A field of a document as it is written into a cell of `column`.
pub(crate) fn cell<'a>(column: &Column, value: Option<&'a Value>) -> Cow<'a, str> {
    match value.and_then(stated) {
        None => Cow::Borrowed(""),
        Some(text) if text.is_empty() => Cow::Borrowed(EMPTY_TEXT),
        Some(Cow::Borrowed(text)) if column.holds.is_free_text() => guarded(text),
        Some(text) => text,
    }
}

/// Returns the text of a value that is stated, and is neither a list nor an object.
pub(super) fn stated(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        value => Some(plain(value)),
    }
}

/// Returns the items of a list; none of anything else.
pub(super) fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The text of a value that is stated.
pub(crate) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        value => Cow::Owned(value.to_string()),
    }
}

/// The value that stands in a cell of `column`.
pub(crate) fn value(column: &Column, cell: &str) -> Result<Value, Message> {
    match cell {
        "" => Ok(Value::Null),
        cell if column.holds.is_free_text() => Ok(unguarded(cell).into()),
        cell => typed(column, cell),
    }
}

/// The value that a text which is not free stands for.
pub(crate) fn typed(column: &Column, cell: &str) -> Result<Value, Message> {
    let refuse = |what: &'static str| {
        Err(message!(
            "why-cell",
            column = column.name,
            cell,
            what = Message::new(what)
        ))
    };
    match column.holds {
        Holds::Integer => match cell.parse::<i64>() {
            Ok(number) => Ok(number.into()),
            Err(_) => refuse("what-whole-number"),
        },
        Holds::Flag => match cell {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => refuse("what-true-or-false"),
        },
        _ => Ok(cell.into()),
    }
}

/// The item of a list at `place`, from 0: its number, and its fields by name.
pub(crate) fn item<'a>(
    list: &List,
    place: usize,
    item: &'a Value,
) -> (String, impl Fn(&Column) -> Cow<'a, str> + use<'a>) {
    let number = match list.items {
        Items::Numbered => item
            .get(NUMBER)
            .and_then(stated)
            .unwrap_or_default()
            .into_owned(),
        Items::Values | Items::Objects => (place + 1).to_string(),
    };
    let values = list.items == Items::Values;
    let field = move |column: &Column| {
        cell(
            column,
            if values {
                Some(item)
            } else {
                item.get(column.name)
            },
        )
    };
    (number, field)
}

/// The item of a list that cells say: its number and the columns of the table.
pub(crate) fn read_item<'a>(
    table: &Table,
    list: &List,
    number: &str,
    mut cells: impl Iterator<Item = &'a str>,
) -> Result<Value, Message> {
    let mut fields = Map::new();
    for column in table.columns {
        let value = value(column, cells.next().unwrap_or_default())?;
        if list.items == Items::Values {
            return Ok(value);
        }
        fields.insert(column.name.to_owned(), value);
    }
    if list.items == Items::Numbered {
        let number: i32 = number
            .parse()
            .map_err(|_| message!("why-no-whole-number", number))?;
        fields.insert(NUMBER.to_owned(), number.into());
    }
    Ok(Value::Object(fields))
}
