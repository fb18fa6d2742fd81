//! A list in one cell: items separated by `;`, fields by `|`, both escaped by a backslash.

use std::borrow::Cow;

use serde_json::Value;

use crate::exchange::cells::{items, stated};
use crate::exchange::tables::{Items, List, NUMBER, Table};
use crate::message::Message;

/// How a text that is stated and empty is written.
const EMPTY_TEXT: &str = "\\e";

/// Texts for people in one cell. A `;` within one is escaped.
pub(super) fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut cell = String::new();
    for text in texts {
        separate(&mut cell);
        escaped(&mut cell, &text, &[';', '\\']);
    }
    cell
}

fn separate(cell: &mut String) {
    if !cell.is_empty() {
        cell.push(';');
    }
}

/// The list as a cell.
pub(in crate::exchange) fn write(table: &Table, list: &List, value: Option<&Value>) -> String {
    let mut cell = String::new();
    for item in items(value) {
        separate(&mut cell);
        if list.items == Items::Values {
            field(&mut cell, Some(item));
            continue;
        }
        if list.items == Items::Numbered {
            field(&mut cell, item.get(NUMBER));
        }
        for (place, column) in table.columns.iter().enumerate() {
            if place > 0 || list.items == Items::Numbered {
                cell.push('|');
            }
            field(&mut cell, item.get(column.name));
        }
    }
    cell
}

fn field(cell: &mut String, value: Option<&Value>) {
    let Some(text) = value.and_then(stated) else {
        return;
    };
    if text.is_empty() {
        cell.push_str(EMPTY_TEXT);
    }
    escaped(cell, &text, &[';', '|', '\\']);
}

/// Adds a text, with a backslash before each of the signs.
fn escaped(cell: &mut String, mut text: &str, signs: &[char]) {
    while let Some(place) = text.find(signs) {
        let (before, rest) = text.split_at(place);
        cell.push_str(before);
        cell.push('\\');
        let mut letters = rest.chars();
        cell.extend(letters.next());
        text = letters.as_str();
    }
    cell.push_str(text);
}

/// Gives the fields of every item that a cell says to `each`; None is a field that is not stated.
pub(in crate::exchange) fn each_item<'a>(
    cell: &'a str,
    mut each: impl FnMut(&[Option<Cow<'a, str>>]) -> Result<(), Message>,
) -> Result<(), Message> {
    if memchr::memchr(b'\\', cell.as_bytes()).is_some() {
        for item in split(cell)? {
            let item: Vec<_> = item
                .into_iter()
                .map(|field| field.map(Cow::Owned))
                .collect();
            each(&item)?;
        }
        return Ok(());
    }
    if cell.is_empty() {
        return Ok(());
    }
    let mut fields = Vec::with_capacity(8);
    for item in cell.split(';') {
        fields.clear();
        fields.extend(
            item.split('|')
                .map(|field| (!field.is_empty()).then_some(Cow::Borrowed(field))),
        );
        each(&fields)?;
    }
    Ok(())
}

/// Items of fields; None is a field that is not stated.
fn split(cell: &str) -> Result<Vec<Vec<Option<String>>>, Message> {
    let (mut items, mut fields, mut field) = (Vec::new(), Vec::new(), None::<String>);
    if cell.is_empty() {
        return Ok(items);
    }
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let escaped = letters.next();
                let text = field.get_or_insert_default();
                match escaped {
                    Some(escaped @ (';' | '|' | '\\')) => text.push(escaped),
                    Some('e') => {}
                    _ => return Err(message!("why-packed-escape", cell)),
                }
            }
            '|' => fields.push(field.take()),
            ';' => {
                fields.push(field.take());
                items.push(std::mem::take(&mut fields));
            }
            letter => field.get_or_insert_default().push(letter),
        }
    }
    fields.push(field);
    items.push(fields);
    Ok(items)
}
