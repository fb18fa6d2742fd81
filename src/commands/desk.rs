//! What the commands that record have in common: they change records within one batch, check them, and say in one sentence
//! what they did; a dry run shows the change field by field instead, as `tpmc show` would show the batch.

use chrono::NaiveDate;
use serde_json::Value;

use super::ask;
use super::journal::Telling;
use super::kept;
use super::resemblance::resembling;
use crate::commands::{WriteArgs, after_recording};
use crate::context::Context;
use crate::domain::{
    Confidence, CountryCode, Language, PartialDate, ProjectCode, RecordId, SourceReference, When,
};
use crate::error::Error;
use crate::language::Labels;
use crate::message::Message;
use crate::report::{BatchLine, Recorded, names_of};
use crate::store::{Batch, Document, Kind, Project, Reader, Record, Source, Step, Writer};

/// A batch being put together by a command.
pub(crate) struct Desk<'a, 'w> {
    pub(crate) context: &'a Context,
    pub(crate) writer: &'a mut Writer<'w>,
    /// Whether steps back in the course of a project were asked for.
    pub(crate) reopen: bool,
    pub(crate) today: NaiveDate,
    /// Whether what resembles a record that is there is another one.
    is_new: bool,
    steps: Vec<Step>,
    remarks: Vec<Message>,
    /// What is wrong so far: all of it is named at once.
    wrong: Vec<Error>,
}

/// What a command did.
pub(crate) struct Done {
    /// The record that it was about.
    pub(crate) code: String,
    /// The sentence about it: what stands between "Recorded" and the number of the batch.
    pub(crate) told: Message,
    /// The record after the change; null when it was removed.
    pub(crate) document: Value,
}

impl Done {
    /// `told` about a record as it is now.
    pub(crate) fn about(record: impl Into<Document>, told: Message) -> Result<Self, Error> {
        let document = record.into();
        Ok(Self {
            code: document.code().to_owned(),
            told,
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
    record_once(context, command, arguments, (reopen, false), work)
}

/// The same of a command that may add a record: one that resembles another is recorded only when it is said to be new. On a
/// terminal that is asked. Returns whether it was said.
pub(crate) fn record_new(
    context: &Context,
    command: &'static str,
    arguments: &WriteArgs,
    (reopen, is_new): (bool, bool),
    work: impl Fn(&mut Desk<'_, '_>) -> Result<Done, Error>,
) -> Result<bool, Error> {
    match record_once(context, command, arguments, (reopen, is_new), &work) {
        Err(error @ Error::Resembles { .. }) if context.can_ask() => {
            ask::confirm_new(context, &error)?;
            record_once(context, command, arguments, (reopen, true), &work).map(|()| true)
        }
        done => done.map(|()| is_new),
    }
}

fn record_once(
    context: &Context,
    command: &'static str,
    arguments: &WriteArgs,
    (reopen, is_new): (bool, bool),
    work: impl FnOnce(&mut Desk<'_, '_>) -> Result<Done, Error>,
) -> Result<(), Error> {
    let written = context.write(command, arguments, |writer| {
        let mut desk = Desk {
            context,
            writer,
            reopen,
            today: context.today(),
            is_new,
            steps: Vec::new(),
            remarks: Vec::new(),
            wrong: Vec::new(),
        };
        let done = work(&mut desk);
        if !desk.wrong.is_empty() {
            return Err(Error::several(desk.wrong));
        }
        let done = done?;
        let (steps, remarks) = (desk.steps, desk.remarks);
        let preview = if arguments.dry_run {
            let mut telling = Telling::new(false, context)?;
            steps.iter().for_each(|step| telling.add(step));
            Some(telling.told(&mut writer.reader())?)
        } else {
            None
        };
        Ok((done, preview, remarks))
    });
    let ((done, preview, remarks), batch) = match written {
        Err(Error::RecordedBefore(batch)) => return show_again(context, batch),
        written => written?,
    };
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
    context.out.say(&match &batch {
        None => message!("receipt-nothing-new", code),
        Some(_) if arguments.dry_run => message!("receipt-would-record", told),
        Some(batch) => message!("receipt-recorded", told, batch = batch.number),
    });
    remarks.iter().for_each(|remark| context.out.say(remark));
    let recorded = batch.filter(|_| !arguments.dry_run);
    after_recording(shown, recorded.map(|batch| batch.number))
}

/// Shows the record of a batch that was recorded before, as it was shown then.
fn show_again(context: &Context, batch: Box<Batch>) -> Result<(), Error> {
    // Before the entry that closes the batch stands the record that it is about.
    let about = batch.first_entry + batch.entries - 2;
    let entry = context.read_journal(|reader, _| Ok(reader.entries(about, 1)?))?;
    let entry = entry.first().map(String::as_str).unwrap_or_default();
    let mut entry: Value = serde_json::from_str(entry).map_err(crate::render::Error::Json)?;
    let code = entry["code"].as_str().unwrap_or_default().to_owned();
    let document = entry["document"].take();
    context.show(&Recorded { code, document }, &english())?;
    Err(Error::RecordedBefore(batch))
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
    pub(crate) fn remark(&mut self, remark: impl Into<Message>) {
        self.remarks.push(remark.into());
    }

    /// Returns the result of an attempt; a refusal is kept, to be named with all others at the end.
    pub(crate) fn tried<T>(&mut self, outcome: Result<T, Error>) -> Result<Option<T>, Error> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.status() == 1 => {
                self.wrong.push(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Checks a record and saves it. What is wrong with it and was not wrong before is kept, and refused at the end of the
    /// batch with all else that is wrong.
    pub(crate) fn save<R: Record + Into<Document>>(&mut self, record: R) -> Result<(), Error> {
        let code = record.code().to_owned();
        let before: Option<Document> = self.reader().find::<R>(&code)?.map(Into::into);
        let after: Document = record.into();
        let mut faults = self.writer.faults(before.as_ref(), &after, self.today)?;
        faults.retain(|fault| !(self.reopen && fault.is_step_back));
        if !faults.is_empty() {
            let refused = crate::store::Error::Refused { code, faults };
            self.wrong.push(refused.into());
            return Ok(());
        }
        if before.is_none() && !self.is_new {
            let resembled = resembling(&after, self.context.language, &mut self.reader())?;
            self.wrong.extend(resembled);
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

    /// Takes the record with this code out, and says so.
    pub(crate) fn removal<R: Record + Clone + Into<Document>>(
        &mut self,
        code: &str,
    ) -> Result<Done, Error> {
        let record: R = self.reader().one(code)?;
        let code = record.code().to_owned();
        let document: Document = record.clone().into();
        let name = names_of(&document).for_reader(self.context.language);
        let told = match name {
            "" => message!("told-removal", what = code),
            name => message!("told-removal-named", code, name),
        };
        self.remove(record)?;
        Ok(Done {
            told,
            code,
            document: Value::Null,
        })
    }

    /// Takes a record out although others still refer to it: they must be changed in the same batch.
    pub(crate) fn take_out<R: Record + Into<Document>>(&mut self, record: R) -> Result<(), Error> {
        let (kind, code) = (R::KIND, record.code().to_owned());
        self.writer.remove(kind, &code)?;
        self.note(kind, code, Some(record.into()), None);
        Ok(())
    }

    /// The date that was typed, seen from today.
    pub(crate) fn date(&self, when: When) -> PartialDate {
        when.date(self.today)
    }

    /// The same of an option that may be left out.
    pub(crate) fn maybe_date(&self, when: Option<When>) -> Option<PartialDate> {
        when.map(|when| self.date(when))
    }

    /// The code of a country by its code or its name.
    pub(crate) fn country(&mut self, named: &str) -> Result<CountryCode, Error> {
        Ok(self.reader().country(named)?.code.parse()?)
    }

    /// The code of a source; an address or a document that is not known becomes a new source.
    pub(crate) fn source(&mut self, named: &SourceReference) -> Result<String, Error> {
        let address = match named {
            SourceReference::Code(code) => {
                return Ok(self.reader().one::<Source>(code)?.code);
            }
            SourceReference::Address(address) => address,
            SourceReference::File(path) => {
                let file = self.writer.keep(&kept::read(path)?)?;
                if let Some(known) = self.reader().source_of_content(&file.sha256)? {
                    return Ok(known.code);
                }
                return self.new_source(|source| {
                    source.title = kept::title_of(path);
                    source.set_file(Some(file));
                });
            }
        };
        match self.reader().source(named) {
            Ok(known) => return Ok(known.code),
            Err(crate::store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.new_source(|source| source.url = Some(address.clone()))
    }

    /// Records a source of which nothing is known but what `state` puts into it, and says so; returns its code.
    fn new_source(&mut self, state: impl FnOnce(&mut Source)) -> Result<String, Error> {
        let code = self.writer.next_source_code()?;
        self.remark(message!("remark-new-source", code));
        let id = self.fresh_id(Kind::Source, &code);
        let mut source = Source::new(id, code.clone(), Confidence::Low);
        state(&mut source);
        self.save(source)?;
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

/// What a project is called in sentences about it.
pub(crate) fn title(project: &Project, language: Language) -> &str {
    project.titles().for_reader(language)
}
