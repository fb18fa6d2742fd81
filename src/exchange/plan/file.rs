//! Plans written and read, a line at a time.

use std::io::{BufRead, Write};

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

/// The line that is written so. Where what it is stands first, as this program writes it, the rest is read without a detour.
fn line_of(text: &[u8]) -> serde_json::Result<PlanLine> {
    if text.starts_with(br#"{"line":"project","#) {
        serde_json::from_slice(text).map(PlanLine::Project)
    } else if text.starts_with(br#"{"line":"source","#) {
        serde_json::from_slice(text).map(PlanLine::Source)
    } else {
        serde_json::from_slice(text)
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
        let header = match serde_json::from_slice(&text) {
            Ok(PlanLine::Header(header)) => header,
            Ok(_) => return Err(no_plan("it does not begin with a header".to_owned())),
            Err(error) => return Err(no_plan(error.to_string())),
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
        self.text.clear();
        self.number += 1;
        self.file.read_until(b'\n', &mut self.text)?;
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
            Err(error) => Err(refuse(&error.to_string())),
        }
    }

    /// Bytes of the line that was read last.
    pub(crate) fn length(&self) -> u64 {
        u64::try_from(self.text.len()).unwrap_or_default()
    }
}
