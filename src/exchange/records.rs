//! The records as JSON: one document, or one line a record.
//!
//! A record is its document as the journal keeps it. A project has its `provenance` beside it: what follows from the record (status,
//! sources with their confidence, scores). An import leaves that aside.

mod read;

use serde_json::{Value, json};

use super::{Error, Exporter, Provided, Sink};
use crate::store::{Document, Kind};
pub(crate) use read::{document, read_json, read_line};

/// What an export of records says of itself.
const FORMAT: &str = "tpmc-records";
/// The version of the format: raised when a reader of the old one would go wrong.
const VERSION: u64 = 1;
/// What follows from a record and is not part of it.
const PROVENANCE: &str = "provenance";

/// The document, and what is derived from it.
fn parts(document: &Document, provided: &Provided) -> Result<(Value, Option<Value>), Error> {
    let derived = match document {
        Document::Project(project) => Some(serde_json::to_value(provided.provenance(project))?),
        _ => None,
    };
    Ok((document.to_value()?, derived))
}

/// All records as one JSON document: an array a kind, a record a line.
pub(crate) struct JsonRecords<'a> {
    sink: Sink<'a>,
    /// How many kinds have been begun.
    begun: usize,
    is_first: bool,
}

impl<'a> JsonRecords<'a> {
    /// `about` says what the export is about, beside its format and version.
    pub(crate) fn new(sink: Sink<'a>, about: &Provided) -> Result<Self, Error> {
        let horizon = about.horizon;
        let as_of = (!horizon.is_open()).then_some(horizon.as_of);
        let head = json!({"as_of": as_of, "format": FORMAT, "version": VERSION});
        let head = head.to_string();
        let head = head.strip_suffix('}').unwrap_or(&head);
        write!(sink, "{head},\"records\":{{")?;
        Ok(Self {
            sink,
            begun: 0,
            is_first: true,
        })
    }

    /// Begins the kinds up to the first `count`.
    fn begin(&mut self, count: usize) -> Result<(), Error> {
        for kind in Kind::ALL.iter().take(count).skip(self.begun) {
            let end = if self.begun == 0 { "\n" } else { "],\n" };
            write!(self.sink, "{end}\"{kind}\":[")?;
            self.begun += 1;
            self.is_first = true;
        }
        Ok(())
    }
}

impl Exporter for JsonRecords<'_> {
    fn wants(&self, _kind: Kind) -> bool {
        true
    }

    fn record(&mut self, document: &Document, provided: &Provided) -> Result<(), Error> {
        let place = Kind::ALL.iter().position(|kind| *kind == document.kind());
        self.begin(place.map_or(0, |place| place + 1))?;
        let (mut value, derived) = parts(document, provided)?;
        if let (Some(derived), Some(fields)) = (derived, value.as_object_mut()) {
            fields.insert(PROVENANCE.to_owned(), derived);
        }
        self.sink
            .write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        serde_json::to_writer(&mut *self.sink, &value)?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.begin(Kind::ALL.len())?;
        Ok(self.sink.write_all(b"]}}\n")?)
    }
}

/// One line a record.
pub(crate) struct NdjsonRecords<'a> {
    sink: Sink<'a>,
}

impl<'a> NdjsonRecords<'a> {
    pub(crate) fn new(sink: Sink<'a>) -> Self {
        Self { sink }
    }
}

impl Exporter for NdjsonRecords<'_> {
    fn wants(&self, _kind: Kind) -> bool {
        true
    }

    fn record(&mut self, document: &Document, provided: &Provided) -> Result<(), Error> {
        let (value, derived) = parts(document, provided)?;
        let mut line = json!({
            "code": document.code(),
            "document": value,
            "format": VERSION,
            "id": document.id(),
            "kind": document.kind(),
        });
        if let (Some(derived), Some(fields)) = (derived, line.as_object_mut()) {
            fields.insert(PROVENANCE.to_owned(), derived);
        }
        serde_json::to_writer(&mut *self.sink, &line)?;
        Ok(self.sink.write_all(b"\n")?)
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
