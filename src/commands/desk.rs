//! What the commands that record have in common: they change records within one batch, check them, and say in one sentence
//! what they did; a dry run shows the change field by field instead, as `tpmc show` would show the batch.

use serde_json::Value;

use super::journal::Telling;
use crate::commands::WriteArgs;
use crate::context::Context;
use crate::domain::{Language, Moment, ProjectCode, RecordId, SourceReference};
use crate::error::Error;
use crate::language::Labels;
use crate::report::{BatchLine, Recorded};
use crate::store::{Document, Kind, Project, Reader, Record, Source, Step, Writer};

/// A batch being put together by a command.
pub(crate) struct Desk<'a, 'w> {
    pub(crate) context: &'a Context,
    pub(crate) writer: &'a mut Writer<'w>,
    /// Whether steps back in the course of a project were asked for.
    pub(crate) reopen: bool,
    pub(crate) now: Moment,
    steps: Vec<Step>,
    remarks: Vec<String>,
}

/// What a command did.
pub(crate) struct Done {
    /// The record that it was about.
    pub(crate) code: String,
    /// The sentence about it: what stands between "Recorded" and the number of the batch.
    pub(crate) told: String,
    /// The record after the change; null when it was removed.
    pub(crate) document: Value,
}

impl Done {
    /// `told` about a record as it is now.
    pub(crate) fn about(
        record: impl Into<Document>,
        told: impl Into<String>,
    ) -> Result<Self, Error> {
        let document = record.into();
        Ok(Self {
            code: document.code().to_owned(),
            told: told.into(),
            document: document.to_value().map_err(crate::render::Error::Json)?,
        })
    }
}

/// Runs `work` as one batch, and tells what came of it.
pub(crate) fn record(
    context: &Context,
    command: &'static str,
    arguments: &WriteArgs,
    reopen: bool,
    work: impl FnOnce(&mut Desk<'_, '_>) -> Result<Done, Error>,
) -> Result<(), Error> {
    let ((done, preview, remarks), batch) = context.write(command, arguments, |writer| {
        let mut desk = Desk {
            context,
            writer,
            reopen,
            now: context.now(),
            steps: Vec::new(),
            remarks: Vec::new(),
        };
        let done = work(&mut desk)?;
        let (steps, remarks) = (desk.steps, desk.remarks);
        let preview = if arguments.dry_run {
            let mut telling = Telling::new(false, context)?;
            steps.iter().for_each(|step| telling.add(step));
            Some(telling.told(&mut writer.reader())?)
        } else {
            None
        };
        Ok((done, preview, remarks))
    })?;
    let Done {
        code,
        told,
        document,
    } = done;
    let shown = match preview {
        Some(preview) => {
            let line = batch.clone().map(|batch| BatchLine::of(batch, None));
            preview.show(line, true)
        }
        None => {
            let code = code.clone();
            let labels = Labels::new(context.language, std::collections::BTreeMap::new());
            context.show(&Recorded { code, document }, &labels)
        }
    };
    // Even if it could not be shown, it is recorded.
    context.out.status(&match &batch {
        None => format!("Nothing to record: {code} says so already."),
        Some(_) if arguments.dry_run => format!("Would record {told}. Nothing was recorded."),
        Some(batch) => format!("Recorded {told} (batch {}).", batch.number),
    });
    remarks.iter().for_each(|remark| context.out.status(remark));
    shown
}

impl Desk<'_, '_> {
    pub(crate) fn reader(&mut self) -> Reader<'_> {
        self.writer.reader()
    }

    /// The project with this code.
    pub(crate) fn project(&mut self, code: &ProjectCode) -> Result<Project, Error> {
        Ok(self.reader().one(code.as_str())?)
    }

    /// An identifier for a new record.
    pub(crate) fn fresh_id(&self, kind: Kind, code: &str) -> RecordId {
        self.context.fresh_id(kind, code)
    }

    /// Something that the user should know, on a line of its own.
    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Checks a record and saves it.
    ///
    /// # Errors
    /// [`crate::store::Error::Refused`] with everything that is wrong with it and was not wrong before.
    pub(crate) fn save<R: Record + Into<Document>>(&mut self, record: R) -> Result<(), Error> {
        let code = record.code().to_owned();
        let before: Option<Document> = self.reader().find::<R>(&code)?.map(Into::into);
        let after: Document = record.into();
        let mut faults = self.writer.faults(before.as_ref(), &after, self.now)?;
        faults.retain(|fault| !(self.reopen && fault.is_step_back));
        if !faults.is_empty() {
            return Err(crate::store::Error::Refused { code, faults }.into());
        }
        if self.writer.save(after.clone())? {
            self.note(R::KIND, code, before, Some(after));
        }
        Ok(())
    }

    /// Takes a record out of the registry, unless others still refer to it.
    pub(crate) fn remove<R: Record + Into<Document>>(&mut self, record: R) -> Result<(), Error> {
        let (kind, code) = (R::KIND, record.code().to_owned());
        let users = self.reader().referring_to(kind, &code)?;
        if !users.is_empty() {
            let what = kind.word();
            return Err(crate::store::Error::InUse { what, code, users }.into());
        }
        self.take_out(record)
    }

    /// Takes a record out although others still refer to it: they must be changed in the same batch.
    pub(crate) fn take_out<R: Record + Into<Document>>(&mut self, record: R) -> Result<(), Error> {
        let (kind, code) = (R::KIND, record.code().to_owned());
        self.writer.remove(kind, &code)?;
        self.note(kind, code, Some(record.into()), None);
        Ok(())
    }

    /// The code of a source; an address that is not known becomes a new source.
    pub(crate) fn source(&mut self, named: &SourceReference) -> Result<String, Error> {
        let address = match named {
            SourceReference::Code(code) => {
                return Ok(self.reader().one::<Source>(code)?.code);
            }
            SourceReference::Address(address) => address,
        };
        if let Some(known) = self.reader().source_at(address)? {
            return Ok(known.code);
        }
        let code = self.writer.next_source_code()?;
        self.remark(format!(
            "{code} is a new source, of low confidence until `tpmc source set {code}` says more."
        ));
        self.save(Source {
            id: self.fresh_id(Kind::Source, &code),
            code: code.clone(),
            url: Some(address.clone()),
            title: None,
            publisher: None,
            publisher_kind: None,
            language: None,
            read_on: None,
            confidence: crate::domain::Confidence::Low,
            note: None,
        })?;
        Ok(code)
    }

    /// Notes what was changed. What a batch does to one record in several goes is one step.
    fn note(
        &mut self,
        kind: Kind,
        code: String,
        before: Option<Document>,
        after: Option<Document>,
    ) {
        let known = |step: &&mut Step| step.kind == kind && step.code == code;
        match self.steps.iter_mut().find(known) {
            Some(step) => step.after = after,
            None => self.steps.push(Step {
                kind,
                code,
                before,
                after,
            }),
        }
    }
}

/// Labels for sentences about what was recorded, which are English as all talk is.
pub(crate) fn english() -> Labels {
    Labels::new(Language::English, std::collections::BTreeMap::new())
}
