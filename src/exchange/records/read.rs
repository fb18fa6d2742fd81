//! Exports of records read back, one record at a time.

use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{FORMAT, PROVENANCE, VERSION};
use crate::input::{Pace, Paced};
use crate::message::{Message, in_serde};
use crate::store::{Document, Kind, without_empty};

/// Reads the document of a record, and makes sure that nothing of it got lost.
pub(crate) fn document(kind: Kind, value: Value) -> Result<Document, Message> {
    let document = kind.document(value.clone()).map_err(Message::foreign)?;
    let read = document.to_value().map_err(Message::foreign)?;
    if read == value {
        return Ok(document);
    }
    let (read, value) = (without_empty(&read), without_empty(&value));
    let fields = value.as_object().into_iter().flatten();
    let mut lost = fields.filter(|(name, value)| read.get(name.as_str()) != Some(value));
    match lost.next() {
        None => Ok(document),
        Some((field, _)) => Err(message!(
            "why-field-of-record",
            kind,
            code = document.code(),
            field
        )),
    }
}

/// A line of an export of records.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: String,
    document: Value,
    format: u64,
    id: String,
    kind: Kind,
    #[serde(default, rename = "provenance")]
    _provenance: serde::de::IgnoredAny,
}

/// The record of a line.
pub(crate) fn read_line(line: &str) -> Result<Document, Message> {
    let line: Line = serde_json::from_str(line).map_err(Message::foreign)?;
    if line.format != VERSION {
        return Err(message!("why-format", format = line.format));
    }
    let document = document(line.kind, line.document)?;
    if document.code() != line.code || document.id().to_string() != line.id {
        return Err(message!("why-other-code", code = line.code));
    }
    Ok(document)
}

/// What is done with a record. False ends the reading.
type Take<'a> = &'a mut dyn FnMut(Document) -> bool;

/// Reads a JSON document of records; `take` gets them one by one, and may end the reading.
pub(crate) fn read_json(source: impl Read, take: Take<'_>) -> Result<(), serde_json::Error> {
    let (source, pace) = Paced::new(source);
    let mut json = serde_json::Deserializer::from_reader(std::io::BufReader::new(source));
    json.deserialize_map(Whole(take, pace))?;
    json.end()
}

struct Whole<'a>(Take<'a>, Pace);

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut format, mut version) = (None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "format" => format = Some(map.next_value::<String>()?),
                "version" => version = Some(map.next_value::<u64>()?),
                "as_of" => drop(map.next_value::<Value>()?),
                "records" if format.as_deref() == Some(FORMAT) && version == Some(VERSION) => {
                    map.next_value_seed(Kinds(&mut *self.0, &self.1))?;
                }
                "records" => {
                    let why = message!("why-not-version", format = FORMAT, version = VERSION);
                    return Err(in_serde(&why));
                }
                name => return Err(in_serde(&message!("why-not-understood", name))),
            }
        }
        match format {
            Some(_) => Ok(()),
            None => Err(in_serde(&message!("why-not-format", format = FORMAT))),
        }
    }
}

/// The records, by kind.
struct Kinds<'a>(Take<'a>, &'a Pace);

impl<'de> DeserializeSeed<'de> for Kinds<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Kinds<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-kinds")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(kind) = map.next_key::<Kind>()? {
            map.next_value_seed(OfKind(kind, &mut *self.0, self.1))?;
        }
        Ok(())
    }
}

/// The records of one kind.
struct OfKind<'a>(Kind, Take<'a>, &'a Pace);

impl<'de> DeserializeSeed<'de> for OfKind<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for OfKind<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        while let Some(mut fields) = records.next_element::<Map<String, Value>>()? {
            self.2.next();
            if self.0 == Kind::Project {
                fields.remove(PROVENANCE);
            }
            let document = document(self.0, Value::Object(fields)).map_err(|why| in_serde(&why))?;
            if !(self.1)(document) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
