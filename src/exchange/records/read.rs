//! Exports of records read back, one record at a time.

use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{FORMAT, PROVENANCE, VERSION};
use crate::store::{Document, Kind};

/// Reads the document of a record, and makes sure that nothing of it got lost.
pub(crate) fn document(kind: Kind, value: Value) -> Result<Document, String> {
    let document = kind
        .document(value.clone())
        .map_err(|error| error.to_string())?;
    let read = document.to_value().map_err(|error| error.to_string())?;
    if read == value {
        return Ok(document);
    }
    let fields = value.as_object().into_iter().flatten();
    let mut lost = fields.filter(|(name, value)| read.get(name.as_str()) != Some(value));
    let name = lost.next().map_or("", |(name, _)| name);
    Err(format!(
        "{kind} {:?}: the field {name:?} is not understood",
        document.code()
    ))
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
pub(crate) fn read_line(line: &str) -> Result<Document, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if line.format != VERSION {
        return Err(format!("the format {} is not known", line.format));
    }
    let document = document(line.kind, line.document)?;
    if document.code() != line.code || document.id().to_string() != line.id {
        return Err(format!("{:?} is not the code of its document", line.code));
    }
    Ok(document)
}

/// What is done with a record. False ends the reading.
type Take<'a> = &'a mut dyn FnMut(Document) -> bool;

/// Reads a JSON document of records; `take` gets them one by one, and may end the reading.
pub(crate) fn read_json(source: impl Read, take: Take<'_>) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_reader(source);
    json.deserialize_map(Whole(take))?;
    json.end()
}

struct Whole<'a>(Take<'a>);

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an export of records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut format, mut version) = (None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "format" => format = Some(map.next_value::<String>()?),
                "version" => version = Some(map.next_value::<u64>()?),
                "as_of" => drop(map.next_value::<Value>()?),
                "records" if format.as_deref() == Some(FORMAT) && version == Some(VERSION) => {
                    map.next_value_seed(Kinds(self.0))?;
                }
                "records" => {
                    return Err(A::Error::custom(format!(
                        "it is not {FORMAT} of version {VERSION}"
                    )));
                }
                name => return Err(A::Error::custom(format!("{name:?} is not understood"))),
            }
        }
        match format {
            Some(_) => Ok(()),
            None => Err(A::Error::custom(format!("it is not {FORMAT}"))),
        }
    }
}

/// The records, by kind.
struct Kinds<'a>(Take<'a>);

impl<'de> DeserializeSeed<'de> for Kinds<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Kinds<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("records by kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(kind) = map.next_key::<Kind>()? {
            map.next_value_seed(OfKind(kind, &mut *self.0))?;
        }
        Ok(())
    }
}

/// The records of one kind.
struct OfKind<'a>(Kind, Take<'a>);

impl<'de> DeserializeSeed<'de> for OfKind<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for OfKind<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "records of the kind {}", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        while let Some(mut fields) = records.next_element::<Map<String, Value>>()? {
            if self.0 == Kind::Project {
                fields.remove(PROVENANCE);
            }
            let document = document(self.0, Value::Object(fields)).map_err(A::Error::custom)?;
            if !(self.1)(document) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
