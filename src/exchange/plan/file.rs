//! Plans written and read, a line at a time.

use std::borrow::Cow;
use std::io::{BufRead, Write};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{PLAN_FORM, PlanCounts, PlanHeader, PlanLine};
use crate::exchange::Error;

/// Writes the lines of a plan.
pub(crate) struct PlanWriter<W> {
    file: W,
}

impl<W: Write> PlanWriter<W> {
    pub(crate) fn new(file: W) -> Self {
        Self { file }
    }

    pub(crate) fn write(&mut self, line: &PlanLine) -> Result<(), Error> {
        // A disk that is full is not a fault of JSON.
        serde_json::to_writer(&mut self.file, line).map_err(|error| {
            match error.io_error_kind() {
                Some(_) => Error::Write(error.into()),
                None => Error::Json(error),
            }
        })?;
        Ok(self.file.write_all(b"\n")?)
    }
}

/// The line that is written so. Where what it is stands first, as this program writes it, nothing is read twice.
fn line_of(text: &[u8]) -> serde_json::Result<PlanLine> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        line: Cow<'a, str>,
    }
    let first = text.strip_prefix(br#"{"line":""#).unwrap_or_default();
    let first = first.split(|byte| *byte == b'"').next();
    let name = match first.map(str::from_utf8) {
        Some(Ok(name)) if !name.is_empty() => name.into(),
        _ => serde_json::from_slice::<Named>(text)?.line,
    };
    match &*name {
        "project" => whole(text).map(PlanLine::Project),
        "source" => whole(text).map(PlanLine::Source),
        "party" => whole(text).map(PlanLine::Party),
        "header" => whole(text).map(PlanLine::Header),
        "intake" => whole(text).map(PlanLine::Intake),
        "counts" => whole(text).map(PlanLine::Counts),
        other => Err(refused(format!("a plan has no line {other:?}"))),
    }
}

fn refused(why: String) -> serde_json::Error {
    serde::de::Error::custom(why)
}

/// What a line says besides what it is. A field that nobody knows is refused: somebody who edits a plan and mistypes a name would
/// believe that it was taken.
fn whole<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    let mut unknown = None;
    let mut json = serde_json::Deserializer::from_slice(text);
    let said = serde_ignored::deserialize(&mut json, |path| {
        let path = path.to_string();
        if path != "line" {
            unknown.get_or_insert(path);
        }
    })?;
    json.end()?;
    match unknown {
        None => Ok(said),
        Some(path) => Err(refused(format!("a plan has no field {path:?} there"))),
    }
}

/// What is wrong with the JSON of a line: of the line itself, only the column is told.
fn in_line(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match said.strip_suffix(&place) {
        Some(what) => format!("{what}, at column {}", error.column()),
        None => said,
    }
}

/// Reads the lines of a plan: the header at once, then one after another to the counts at the end.
pub(crate) struct PlanReader<R> {
    name: String,
    file: R,
    number: u64,
    text: Vec<u8>,
    pub(crate) header: PlanHeader,
    counts: Option<PlanCounts>,
}

impl<R: BufRead> PlanReader<R> {
    /// `name` is what the plan is called in errors.
    pub(crate) fn open(name: &str, mut file: R) -> Result<Self, Error> {
        let mut text = Vec::new();
        file.read_until(b'\n', &mut text)?;
        let no_plan = |why: String| Error::Line {
            file: name.to_owned(),
            line: 1,
            why: format!("this is no plan of an import: {why}"),
        };
        // Some editors put a mark in front.
        let header = match line_of(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text)) {
            Ok(PlanLine::Header(header)) => header,
            Ok(_) => return Err(no_plan("it does not begin with a header".to_owned())),
            Err(error) => return Err(no_plan(in_line(&error))),
        };
        if header.form != PLAN_FORM {
            let why = format!(
                "its form is {}, and this program knows form {PLAN_FORM}",
                header.form
            );
            return Err(no_plan(why));
        }
        Ok(Self {
            name: name.to_owned(),
            file,
            number: 1,
            text,
            header,
            counts: None,
        })
    }

    /// The next line; none after the counts, which must be there: a plan that was cut off is none.
    pub(crate) fn next(&mut self) -> Result<Option<PlanLine>, Error> {
        loop {
            self.text.clear();
            self.number += 1;
            let length = self.file.read_until(b'\n', &mut self.text)?;
            // An editor may leave empty lines.
            if length == 0 || !self.text.trim_ascii().is_empty() {
                break;
            }
        }
        let refuse = |why: &str| Error::Line {
            file: self.name.clone(),
            line: self.number,
            why: why.to_owned(),
        };
        if self.text.is_empty() {
            return match self.counts {
                Some(_) => Ok(None),
                None => Err(refuse("the plan ends before its counts: it was cut off")),
            };
        }
        if self.counts.is_some() {
            return Err(refuse("there is something after the counts"));
        }
        match line_of(&self.text) {
            Ok(PlanLine::Header(_)) => Err(refuse("a plan has one header")),
            Ok(line) => {
                if let PlanLine::Counts(counts) = &line {
                    self.counts = Some(counts.clone());
                }
                Ok(Some(line))
            }
            Err(error) => Err(refuse(&in_line(&error))),
        }
    }

    /// Bytes of the line that was read last.
    pub(crate) fn length(&self) -> u64 {
        u64::try_from(self.text.len()).unwrap_or_default()
    }
}
