//! What the commands that record have in common: they change records within one batch, check them, and say in one sentence
//! what they did; a dry run shows the change field by field instead.

use serde_json::Value;

use crate::commands::WriteArgs;
use crate::context::Context;
use crate::domain::{Language, Moment, ProjectCode, RecordId, SourceReference};
use crate::error::Error;
use crate::language::Labels;
use crate::report::{Differences, Recorded};
use crate::store::{Document, Kind, Project, Reader, Record, Source, Writer};

/// A batch being put together by a command.
pub(crate) struct Desk<'a, 'w> {
    context: &'a Context,
    pub(crate) writer: &'a mut Writer<'w>,
    /// Whether steps back in the course of a project were asked for.
    pub(crate) reopen: bool,
    pub(crate) now: Moment,
    differences: Differences,
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
    let ((done, differences, remarks), batch) = context.write(command, arguments, |writer| {
        let mut desk = Desk {
            context,
            writer,
            reopen,
            now: context.now(),
            differences: Differences::default(),
            remarks: Vec::new(),
        };
        let done = work(&mut desk)?;
        Ok((done, desk.differences, desk.remarks))
    })?;
    let Done {
        code,
        told,
        document,
    } = done;
    let labels = Labels::new(context.language, std::collections::BTreeMap::new());
    if arguments.dry_run {
        context.show(&differences, &labels)?;
    } else {
        context.show(
            &Recorded {
                code: code.clone(),
                document,
            },
            &labels,
        )?;
    }
    context.out.status(&match &batch {
        None => format!("Nothing to record: {code} says so already."),
        Some(_) if arguments.dry_run => format!("Would record {told}. Nothing was recorded."),
        Some(batch) => format!("Recorded {told} (batch {}).", batch.number),
    });
    remarks.iter().for_each(|remark| context.out.status(remark));
    Ok(())
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
        self.compare(before.as_ref(), Some(&after))?;
        self.writer.save(after)?;
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
        self.compare(Some(&record.into()), None)?;
        self.writer.remove(kind, &code)?;
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

    fn compare(
        &mut self,
        before: Option<&Document>,
        after: Option<&Document>,
    ) -> Result<(), Error> {
        let Some(any) = after.or(before) else {
            return Ok(());
        };
        let value = |document: Option<&Document>| {
            let value = document.map(Document::to_value).transpose();
            value.map(Option::unwrap_or_default)
        };
        let (before, after) = (value(before), value(after));
        let (before, after) = before
            .and_then(|before| Ok((before, after?)))
            .map_err(crate::render::Error::Json)?;
        self.differences
            .add(any.kind().word(), any.code(), &before, &after);
        Ok(())
    }
}

/// Labels for sentences about what was recorded, which are English as all talk is.
pub(crate) fn english() -> Labels {
    Labels::new(Language::English, std::collections::BTreeMap::new())
}
