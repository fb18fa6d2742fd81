//! JSON: an array of objects, or one object a line. Every object is a row, every key of any of them a column.
//!
//! Numbers are taken as they are written. A key of an object within an object is `outer.inner`; a list of texts or numbers is one
//! cell, separated by `;`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Seek as _, SeekFrom};

use csv::StringRecord;
use serde::Deserializer as _;
use serde::de::{SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::table::{About, Headed, Place, Taker};
use super::{Intake, IntakeOptions};
use crate::input::{Paced, explained};
use crate::message::Message;

/// Levels of objects within an object that are read.
const DEEPEST: usize = 16;

type Object = BTreeMap<String, Box<RawValue>>;
type Row = BTreeMap<String, String>;

/// Whether a text that begins so is JSON, and not a table of cells.
pub(super) fn is_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

/// Reads every object as a row.
pub(super) fn read(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn Taker,
) -> Result<Intake, Message> {
    if options.delimiter.is_some() || options.header_row.is_some() || options.sheet.is_some() {
        return Err("why-list-json-options".into());
    }
    let mut columns = BTreeSet::new();
    let format = objects(file, &mut |row| {
        columns.extend(row.into_keys());
        Ok(true)
    })?;
    let within = |name: &str| columns.iter().any(|column| column.starts_with(name));
    let is_record = columns.contains("kind") && within("document.");
    if columns.contains("format") && (is_record || within("records.")) {
        return Err("why-list-records".into());
    }
    let intake = Intake {
        format,
        encoding: Some("UTF-8"),
        ..Intake::default()
    };
    let place = Place { row: 0, depth: 1 };
    let mut headed = Headed::new(taker, options, place, intake);
    let headings: StringRecord = columns.iter().map(String::as_str).collect();
    headed.push(0, &headings, About::default())?;
    let mut number = 0;
    objects(file, &mut |row| {
        number += 1;
        let cells = columns
            .iter()
            .map(|column| row.get(column).map_or("", String::as_str));
        headed.push(number, &cells.collect(), About::default())
    })?;
    headed.finish()
}

/// Gives every object to `each` until it answers false; answers which of the two forms the file has.
fn objects(
    file: &mut File,
    each: &mut dyn FnMut(Row) -> Result<bool, Message>,
) -> Result<&'static str, Message> {
    file.seek(SeekFrom::Start(0))
        .map_err(|error| explained(&error))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    if reader
        .fill_buf()
        .map_err(|error| explained(&error))?
        .starts_with(b"\xef\xbb\xbf")
    {
        reader.consume(3);
    }
    let start = reader.fill_buf().map_err(|error| explained(&error))?;
    let is_array = start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let (reader, pace) = Paced::new(reader);
    let reader = BufReader::with_capacity(1 << 16, reader);
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    if !is_array {
        for object in deserializer.into_iter::<Object>() {
            let object = object.map_err(broken)?;
            pace.next();
            if !each(flat(object)?)? {
                break;
            }
        }
        return Ok("ndjson");
    }
    let mut said = None;
    let mut enough = false;
    let read = deserializer.deserialize_seq(Each {
        each: &mut |object| {
            pace.next();
            let more = flat(object).and_then(&mut *each);
            enough = more == Ok(false);
            said = more.as_ref().err().cloned();
            more == Ok(true)
        },
    });
    match (said, read) {
        (Some(why), _) => Err(why),
        (None, Err(error)) if !enough => Err(broken(error)),
        (None, _) if enough => Ok("json"),
        (None, _) => match deserializer.end() {
            Ok(()) => Ok("json"),
            Err(error) => Err(broken(error)),
        },
    }
}

/// Visits the objects of an array one after the other.
struct Each<'a> {
    each: &'a mut dyn FnMut(Object) -> bool,
}

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut objects: A) -> Result<(), A::Error> {
        while let Some(object) = objects.next_element()? {
            if !(self.each)(object) {
                break;
            }
        }
        Ok(())
    }
}

fn broken(error: serde_json::Error) -> Message {
    message!("why-list-not-json", why = Message::foreign(error))
}

/// An object as cells by the names of their columns.
fn flat(object: Object) -> Result<Row, Message> {
    let mut row = Row::new();
    for (key, value) in object {
        flatten(&mut row, key, &value, DEEPEST)?;
    }
    Ok(row)
}

/// Adds a value, in which there may be so many more levels, to a row.
fn flatten(row: &mut Row, key: String, value: &RawValue, levels: usize) -> Result<(), Message> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'{') if levels == 0 => {
            return Err(message!("why-list-deep", most = DEEPEST));
        }
        Some(b'{') => {
            for (inner, value) in serde_json::from_str::<Object>(raw).map_err(broken)? {
                flatten(row, format!("{key}.{inner}"), &value, levels - 1)?;
            }
        }
        Some(b'[') => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(raw).map_err(broken)?;
            if items.iter().any(|item| item.get().starts_with(['{', '['])) {
                row.insert(key, raw.to_owned());
            } else {
                let texts = items.iter().map(|item| scalar(item.get()));
                let texts: Vec<String> = texts.collect::<Result<_, _>>().map_err(broken)?;
                row.insert(key, joined(&texts));
            }
        }
        _ => {
            row.insert(key, scalar(raw).map_err(broken)?);
        }
    }
    Ok(())
}

/// A text, or a number or a flag as it is written; null is an empty cell.
fn scalar(raw: &str) -> Result<String, serde_json::Error> {
    if raw.starts_with('"') {
        return serde_json::from_str(raw);
    }
    Ok(if raw == "null" {
        String::new()
    } else {
        raw.to_owned()
    })
}

/// Several texts in one cell.
fn joined(texts: &[String]) -> String {
    let escaped = texts
        .iter()
        .map(|text| text.replace('\\', "\\\\").replace(';', "\\;"));
    escaped.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::exchange::Error;
    use crate::exchange::intake::references::tests::some;
    use crate::exchange::intake::{Incoming, Intake, IntakeOptions, Mapping, read};

    fn taken(text: &[u8], mapping: Option<&str>) -> Result<(Intake, Vec<Incoming>), Error> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        let mapping = mapping
            .map(|text| Mapping::from_toml("m.toml", text))
            .transpose()?;
        let mut all = Vec::new();
        let options = IntakeOptions::default();
        let intake = read(
            file.path(),
            &options,
            &some(),
            mapping.as_ref(),
            &mut |incoming| {
                all.push(incoming);
                true
            },
        )?;
        Ok((intake, all))
    }

    #[test]
    fn objects_are_rows() {
        let array = r#"[{"title_en": "a; b", "hosts": ["TH", "Vietnam"], "list_number": 3}, {"title_en": "c", "umbrella": true, "note": null}]"#;
        let lines = "{\"title_en\": \"a; b\", \"hosts\": [\"TH\", \"Vietnam\"], \"list_number\": 3}\n{\"title_en\": \"c\", \"umbrella\": true}\n";
        for (text, format) in [(array, "json"), (lines, "ndjson")] {
            let (intake, all) = taken(text.as_bytes(), None).expect("rows");
            assert_eq!((intake.format, intake.rows_read), (format, 2));
            assert_eq!(all[0].title_en.as_deref(), Some("a; b"));
            assert_eq!((all[0].hosts.len(), all[0].list_number), (2, Some(3)));
            assert_eq!((all[1].umbrella, all[1].rows[0]), (Some(true), 2));
        }
    }

    #[test]
    fn numbers_are_exact_and_objects_have_paths() {
        let mapping = "[fields]\ntitle_en = \"name.en\"\n[[amounts]]\nnumber = \"money\"\ncurrency = { constant = \"USD\" }\nkind = { constant = \"loan\" }\nbasis = { constant = \"pledge\" }\n";
        let text = r#"[{"name": {"en": "a"}, "money": 12345678901234567.89}]"#;
        let (_, all) = taken(text.as_bytes(), Some(mapping)).expect("rows");
        assert_eq!(
            (all[0].title_en.as_deref(), all[0].amounts[0].minor_units),
            (Some("a"), 1_234_567_890_123_456_789)
        );
    }

    #[test]
    fn what_is_not_json_is_refused_with_the_place() {
        let refused = |text: &str| {
            taken(text.as_bytes(), None)
                .map(drop)
                .expect_err("refused")
                .to_string()
        };
        for (text, place) in [
            ("[{\"title_en\": \"a\"}, {\"title_en\": ]", "line 1"),
            ("{\"title_en\": \"a\"}\n{\"title_en\" 1}\n", "line 2"),
            ("[{\"title_en\": \"a\"}] x", "line 1"),
            ("[1, 2]", "line 1"),
        ] {
            let said = refused(text);
            assert!(
                said.contains("it is not JSON") && said.contains(place),
                "{said}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[\\[{][\\[{}\\]\",:a-z0-9.\\\\ ]{0,60}") {
            let _ = taken(text.as_bytes(), None);
        }
    }
}
