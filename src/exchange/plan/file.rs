//! Plans written and read, a line at a time.

use std::borrow::Cow;
use std::io::{BufRead, Write};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{PLAN_FORM, PlanCounts, PlanHeader, PlanLine};
use crate::exchange::Error;
use crate::input;
use crate::message::{Message, in_serde};

/// Writes the lines of a plan.
pub(crate) struct PlanWriter<W> {
    file: W,
}

impl<W: Write> PlanWriter<W> {
    pub(crate) fn new(file: W) -> Self {
        Self { file }
    }

    pub(crate) fn write(&mut self, line: &PlanLine) -> Result<(), Error> {
        serde_json::to_writer(&mut self.file, line)?;
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
        "party_record" => whole(text).map(PlanLine::PartyRecord),
        "header" => whole(text).map(PlanLine::Header),
        "missing" => whole(text).map(PlanLine::Missing),
        "intake" => whole(text).map(PlanLine::Intake),
        "counts" => whole(text).map(PlanLine::Counts),
        other => Err(in_serde(&message!("why-no-plan-line", name = other))),
    }
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
        Some(path) => Err(in_serde(&message!("why-no-plan-field", name = path))),
    }
}

/// What is wrong with the JSON of a line: of the line itself, only the column is told.
fn in_line(error: &serde_json::Error) -> Message {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match said.strip_suffix(&place) {
        Some(what) => message!(
            "why-at-column",
            what = Message::foreign(what),
            column = error.column()
        ),
        None => Message::foreign(said),
    }
}

/// A line that cannot be read, or is too long.
fn broken(name: &str, line: u64, error: std::io::Error) -> Error {
    if !input::is_refusal(&error) {
        return Error::Read(error);
    }
    Error::Line {
        file: name.to_owned(),
        line,
        why: input::explained(&error),
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
        let read = input::read_line(&mut file, &mut text);
        let no_plan = |why: Message| Error::Line {
            file: name.to_owned(),
            line: 1,
            why: message!("why-no-plan", why),
        };
        read.map_err(|error| broken(name, 1, error))?;
        // Some editors put a mark in front.
        let header = match line_of(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text)) {
            Ok(PlanLine::Header(header)) => header,
            Ok(_) => return Err(no_plan(message!("why-plan-header"))),
            Err(error) => return Err(no_plan(in_line(&error))),
        };
        if header.form != PLAN_FORM {
            let why = message!("why-plan-form", found = header.form, known = PLAN_FORM);
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
            let read = input::read_line(&mut self.file, &mut self.text);
            let length = read.map_err(|error| broken(&self.name, self.number, error))?;
            // An editor may leave empty lines.
            if length == 0 || !self.text.trim_ascii().is_empty() {
                break;
            }
        }
        let refuse = |why: Message| Error::Line {
            file: self.name.clone(),
            line: self.number,
            why,
        };
        if self.text.is_empty() {
            return match self.counts {
                Some(_) => Ok(None),
                None => Err(refuse(message!("why-plan-cut-off"))),
            };
        }
        if self.counts.is_some() {
            return Err(refuse(message!("why-plan-goes-on")));
        }
        match line_of(&self.text) {
            Ok(PlanLine::Header(_)) => Err(refuse(message!("why-plan-second-header"))),
            Ok(line) => {
                if let PlanLine::Counts(counts) = &line {
                    self.counts = Some(counts.clone());
                }
                Ok(Some(line))
            }
            Err(error) => Err(refuse(in_line(&error))),
        }
    }

    /// Bytes of the line that was read last.
    pub(crate) fn length(&self) -> u64 {
        u64::try_from(self.text.len()).unwrap_or_default()
    }
}
