//! Texts that cannot be recorded, wherever they stand in a record.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use super::Fault;
use crate::domain::{LONGEST_TEXT, text_fault};

/// What is wrong with the texts of a record.
pub(crate) fn text_faults(record: &impl Serialize) -> Vec<Fault> {
    let mut faults = Vec::new();
    if is_surely_sound(record) {
        return faults;
    }
    if let Ok(value) = serde_json::to_value(record) {
        walk("", &value, &mut faults);
    }
    faults
}

/// Whether no text of the record can be at fault: together they are short, none has a character that JSON escapes, and none
/// begins with a blank or is empty. It says no where one only may be at fault.
fn is_surely_sound(record: &impl Serialize) -> bool {
    let glance = Glance::default();
    record
        .serialize(&mut Serializer::with_formatter(io::sink(), glance))
        .is_ok()
}

/// Looks at the texts as JSON is about to have them, and stops at the first that somebody must look at.
#[derive(Default)]
struct Glance {
    /// A text has begun, and nothing of it was seen yet.
    begins: bool,
    /// Bytes of all texts so far.
    length: usize,
}

/// Somebody must look.
fn stop() -> io::Result<()> {
    Err(io::ErrorKind::InvalidData.into())
}

impl Formatter for Glance {
    fn begin_string<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begins = true;
        Ok(())
    }

    fn end_string<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        if self.begins { stop() } else { Ok(()) }
    }

    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        self.length += fragment.len();
        let begins = std::mem::take(&mut self.begins);
        if self.length > LONGEST_TEXT || (begins && fragment.starts_with(char::is_whitespace)) {
            return stop();
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        _: CharEscape,
    ) -> io::Result<()> {
        stop()
    }
}

fn walk(path: &str, value: &Value, faults: &mut Vec<Fault>) {
    match value {
        Value::String(text) => {
            if let Some(why) = text_fault(text) {
                faults.push(Fault::new(path, why));
            }
        }
        Value::Array(items) => {
            for (place, item) in (1..).zip(items) {
                let number = item.get("number").and_then(Value::as_i64).unwrap_or(place);
                walk(&format!("{path} {number}"), item, faults);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path} {name}")
                };
                walk(&path, field, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seeded_id;
    use crate::store::{Project, ProjectFacts};

    fn faults_of(title: &str, note: &str) -> (bool, Vec<String>) {
        let code = "P-0001".parse().expect("a code");
        let mut facts = ProjectFacts::new(code, seeded_id("project", "test"), None);
        facts.title_en = Some(title.to_owned());
        facts.note = Some(note.to_owned());
        let project = Project::new(facts);
        let is_sound = is_surely_sound(&project);
        let faults = text_faults(&project);
        (
            is_sound,
            faults.into_iter().map(|fault| fault.field).collect(),
        )
    }

    #[test]
    fn what_is_surely_sound_is_without_fault_and_every_fault_is_found() {
        for text in ["A port", "港湾", "x", "a: b, {c}"] {
            assert_eq!(faults_of(text, text), (true, vec![]), "{text:?}");
        }
        // Sound, but somebody must look.
        let long = "長".repeat(LONGEST_TEXT);
        for text in [
            "She said \"no\"",
            "two\nlines",
            " begins with a blank",
            &long,
        ] {
            assert_eq!(faults_of(text, "x"), (false, vec![]));
        }
        let too_long = "長".repeat(LONGEST_TEXT + 1);
        for text in ["", " ", "\u{3000}", "a\0b", &too_long] {
            assert_eq!(faults_of("x", text), (false, vec!["note".to_owned()]));
        }
    }
}
