//! What the commands about the journal have in common.

use std::collections::BTreeSet;

use super::WriteArgs;
use crate::context::Context;
use crate::error::Error;
use crate::language::Labels;
use crate::render::BatchView;
use crate::report::{BatchLine, BatchReport, Glossary, RecordChange, names_of};
use crate::store::{Batch, Document, Kind, Reader, Step, Writer};

/// What `step` changed, under the name that the reader knows.
pub(super) fn record_change(step: &Step, context: &Context) -> RecordChange {
    let document = step.after.as_ref().or(step.before.as_ref());
    let name = document.map(|document| names_of(document).for_reader(context.language));
    let name = name.filter(|name| !name.is_empty());
    RecordChange::of(step, name.map(str::to_owned))
}

/// The names of everything that `steps` refer to.
pub(super) fn glossary<'a>(
    steps: impl IntoIterator<Item = &'a Step>,
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<Glossary, Error> {
    let mut wanted = BTreeSet::<(Kind, String)>::new();
    for step in steps {
        let documents = [&step.before, &step.after];
        wanted.extend(
            documents
                .into_iter()
                .flatten()
                .flat_map(Document::references),
        );
    }
    let mut glossary = Glossary::default();
    for (kind, code) in wanted {
        if let Some(document) = reader.last_document(kind, &code)? {
            glossary.add(&document, context.language);
        }
    }
    Ok(glossary)
}

/// What a batch does, ready to be told.
pub(super) struct Told {
    pub(super) records: Vec<RecordChange>,
    glossary: Glossary,
    labels: Labels,
}

/// Puts `steps` into words, while what they refer to can still be looked up.
pub(super) fn told(
    steps: &[Step],
    context: &Context,
    reader: &mut Reader<'_>,
) -> Result<Told, Error> {
    Ok(Told {
        records: steps
            .iter()
            .map(|step| record_change(step, context))
            .collect(),
        glossary: glossary(steps, context, reader)?,
        labels: context.labels(reader)?,
    })
}

impl Told {
    /// Writes it as the result of the command that made the batch, or would have.
    pub(super) fn show(
        self,
        batch: Option<Batch>,
        dry_run: bool,
        context: &Context,
    ) -> Result<(), Error> {
        let report = BatchReport {
            batch: batch.map(|batch| BatchLine::of(batch, None)),
            dry_run,
            records: self.records,
        };
        let view = BatchView {
            report,
            glossary: self.glossary,
            all: false,
        };
        context.show(&view, &self.labels)
    }
}

/// Writes a batch that takes another back, and shows what that changes. `done` says so, in earnest and in a dry run.
pub(super) fn take_back(
    command: &'static str,
    done: (&str, &str),
    arguments: &WriteArgs,
    context: &Context,
    work: impl FnOnce(&mut Writer<'_>) -> Result<Vec<Step>, crate::store::Error>,
) -> Result<(), Error> {
    let (preview, batch) = context.write(command, arguments, |writer| {
        let steps = work(writer)?;
        told(&steps, context, &mut writer.reader())
    })?;
    let (count, undoes) = (
        preview.records.len(),
        batch.as_ref().and_then(|batch| batch.undoes),
    );
    let records_word = if count == 1 { "record" } else { "records" };
    let sentence = match (&batch, undoes) {
        (Some(batch), Some(undoes)) if !arguments.dry_run => {
            let number = batch.number;
            format!(
                "{} batch {undoes}, as batch {number}: {count} {records_word}.",
                done.0
            )
        }
        (_, Some(undoes)) => {
            format!(
                "{} batch {undoes}: {count} {records_word}. Nothing was recorded.",
                done.1
            )
        }
        _ => "The registry says already what it said before that batch. Nothing was recorded."
            .to_owned(),
    };
    context.out.status(&sentence);
    preview.show(batch, arguments.dry_run, context)
}
