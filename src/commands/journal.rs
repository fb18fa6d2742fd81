//! What the commands about the journal have in common.

use std::collections::BTreeSet;

use indicatif::ProgressBar;

use super::{WriteArgs, after_recording};
use crate::context::Context;
use crate::error::Error;
use crate::language::Labels;
use crate::message::Message;
use crate::render::BatchView;
use crate::report::{BatchLine, BatchList, BatchReport, Glossary, How, RecordChange, names_of};
use crate::store::{Batch, BatchChoice, Document, Kind, Reader, Step, Trace, Writer};

/// What `step` changed, under the name that the reader knows.
pub(super) fn record_change(step: &Step, context: &Context) -> RecordChange {
    let document = step.after.as_ref().or(step.before.as_ref());
    let name = document.map(|document| names_of(document).for_reader(context.language));
    let name = name.filter(|name| !name.is_empty());
    RecordChange::of(step, name.map(str::to_owned))
}

/// What a step refers to.
fn references(step: &Step) -> impl Iterator<Item = (Kind, String)> {
    let documents = [&step.before, &step.after];
    documents
        .into_iter()
        .flatten()
        .flat_map(Document::references)
}

/// The names of everything that `steps` refer to.
pub(super) fn glossary<'a>(
    steps: impl IntoIterator<Item = &'a Step>,
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<Glossary, Error> {
    let wanted = steps.into_iter().flat_map(references).collect();
    names(wanted, context, reader)
}

fn names(
    wanted: BTreeSet<(Kind, String)>,
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<Glossary, Error> {
    let mut glossary = Glossary::default();
    for (kind, code) in wanted {
        if let Some(document) = reader.last_document(kind, &code)? {
            glossary.add(&document, context.language);
        }
    }
    Ok(glossary)
}

/// A batch of more records is about none of them.
const FEW: i64 = 12;

/// The record that a batch is about: a project, else the one that it recorded last.
fn main_record(batch: &Batch, reader: &mut Reader<'_>) -> Result<Option<(Kind, String)>, Error> {
    #[derive(serde::Deserialize)]
    struct Named {
        kind: Kind,
        code: String,
    }
    let records = batch.entries - 1;
    if !(1..=FEW).contains(&records) {
        return Ok(None);
    }
    let entries = reader.entries(batch.first_entry, records)?;
    let named = entries
        .iter()
        .filter_map(|entry| serde_json::from_str(entry).ok());
    let mut named: Vec<Named> = named.collect();
    let project = named.iter().position(|named| named.kind == Kind::Project);
    let main = project.or(named.len().checked_sub(1));
    let main = main.map(|place| named.swap_remove(place));
    Ok(main.map(|Named { kind, code }| (kind, code)))
}

/// The batches up to `until` that are wanted, the newest first, at most `limit`: each with what it did in a sentence, to the record
/// that was asked for or to the one that it is about.
pub(super) fn batches(
    wanted: &BatchChoice,
    until: i64,
    limit: Option<usize>,
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<BatchList, Error> {
    let found = reader.batches(wanted, until)?;
    let shown = found.len().min(limit.unwrap_or(usize::MAX));
    let left_out = i64::try_from(found.len() - shown).unwrap_or(i64::MAX);
    let (mut batches, mut steps) = (Vec::new(), Vec::new());
    for batch in found.into_iter().take(shown) {
        let undone_by = reader.undone_by(batch.number, until)?;
        let about = match &wanted.record {
            Some(record) => Some(record.clone()),
            None => main_record(&batch, reader)?,
        };
        let mut step = None;
        if let Some((kind, code)) = about {
            let all = BatchChoice::default();
            let found = reader.history(kind, &code, &all, batch.number, Some(1))?;
            step = found.into_iter().next().map(|(_, step)| step);
        }
        let mut line = BatchLine::of(batch, undone_by);
        line.about = step
            .as_ref()
            .map(|step| record_change(step, context).into());
        batches.push(line);
        steps.extend(step);
    }
    Ok(BatchList {
        batches,
        left_out,
        glossary: glossary(&steps, context, reader)?,
    })
}

/// How many records of a kind of change a page shows field by field unless all are asked for.
const SHOWN: usize = 25;

/// Records after which a terminal shows how many there were: of fewer, nobody waits for the end.
const MANY: u64 = 1_000;

/// Puts what a batch does into words, record by record as it is found out.
pub(super) struct Telling<'a> {
    context: &'a Context,
    report: BatchReport,
    /// What is named where records are shown.
    references: BTreeSet<(Kind, String)>,
    /// Records that were looked through in the journal.
    traced: u64,
    bar: ProgressBar,
}

impl<'a> Telling<'a> {
    /// Programs are told of every record, people of as many as they read, unless they want `all`.
    pub(super) fn new(all: bool, context: &'a Context) -> Result<Self, Error> {
        let is_whole = all || context.format()?.is_data();
        let at_most = if is_whole { usize::MAX } else { SHOWN };
        Ok(Self {
            context,
            report: BatchReport::of_records(at_most),
            references: BTreeSet::new(),
            traced: 0,
            bar: context.out.counter("progress-records"),
        })
    }

    /// Tells what `step` changed.
    pub(super) fn add(&mut self, step: &Step) {
        let change = How::of(step.before.is_some(), step.after.is_some());
        if self.report.count(step.kind, change) {
            self.show(step);
        }
    }

    /// The same for what is only read when it is shown.
    pub(super) fn trace(&mut self, trace: Trace) -> Result<(), Error> {
        let change = How::of(trace.was_there(), trace.is_there());
        if self.report.count(trace.kind, change) {
            self.show(&trace.read()?);
        }
        self.traced += 1;
        if self.traced.is_multiple_of(MANY) {
            self.bar.inc(MANY);
        }
        Ok(())
    }

    fn show(&mut self, step: &Step) {
        self.references.extend(references(step));
        self.report.records.push(record_change(step, self.context));
    }

    /// The whole, while what it refers to can still be looked up.
    pub(super) fn told(self, reader: &mut Reader<'_>) -> Result<Told<'a>, Error> {
        self.bar.finish_and_clear();
        Ok(Told {
            glossary: names(self.references, self.context, reader)?,
            labels: self.context.labels(reader)?,
            report: self.report,
            context: self.context,
        })
    }
}

/// What a batch does, ready to be shown.
pub(super) struct Told<'a> {
    report: BatchReport,
    glossary: Glossary,
    labels: Labels,
    context: &'a Context,
}

impl Told<'_> {
    /// Shows it with the batch, if there is one.
    pub(super) fn show(mut self, batch: Option<BatchLine>, dry_run: bool) -> Result<(), Error> {
        (self.report.batch, self.report.dry_run) = (batch, dry_run);
        let view = BatchView {
            report: self.report,
            glossary: self.glossary,
        };
        self.context.show(&view, &self.labels)
    }
}

/// Writes a batch that takes another back, and shows what that changes. `done` are the keys of what says so, in earnest and in a dry run.
pub(super) fn take_back(
    command: &'static str,
    done: [&'static str; 2],
    arguments: &WriteArgs,
    context: &Context,
    work: impl FnOnce(&mut Writer<'_>, &mut Telling<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut telling = Telling::new(false, context)?;
    let (told, batch) = context.write(command, arguments, |writer| {
        work(writer, &mut telling)?;
        telling.told(&mut writer.reader())
    })?;
    let (count, undoes) = (
        told.report.total(),
        batch.as_ref().and_then(|batch| batch.undoes),
    );
    let [done, would] = done;
    context.out.say(&match (&batch, undoes) {
        (Some(batch), Some(undoes)) if !arguments.dry_run => Message::new(done)
            .with("batch", &batch.number)
            .with("undoes", &undoes)
            .with("count", &count),
        (_, Some(undoes)) => Message::new(would)
            .with("undoes", &undoes)
            .with("count", &count),
        _ => message!("receipt-undone-nothing"),
    });
    let line = batch.map(|batch| BatchLine::of(batch, None));
    let recorded = line.as_ref().map(|line| line.batch.number);
    let shown = told.show(line, arguments.dry_run);
    after_recording(shown, recorded.filter(|_| !arguments.dry_run))
}
