//! `tpmc import apply`

use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;

use super::applying::Applying;
use super::file::refuse_to_overwrite;
use super::rejects::Rejects;
use super::{ImportError, interrupt, show};
use crate::commands::{WriteArgs, after_recording};
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{PlanHeader, PlanLine};
use crate::language::Labels;
use crate::report::ImportResult;
use crate::store::Reader;

/// Carry out a plan: one batch, which `tpmc undo` takes back whole
///
/// What was accepted is recorded; what is open or rejected is not. Nothing is recorded when the registry moved under the plan in
/// a way that matters: when a record that the plan changes was changed since, or one that it adds is there now.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc import apply plan.json --rejects rejects.csv")]
pub(crate) struct Apply {
    /// The plan, as `tpmc import plan` wrote it
    plan: PathBuf,
    /// Write the rows that were not taken to this file, as they stood, with the reason: a workbook where its name ends in .xlsx, else CSV
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Apply {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        interrupt::watch();
        if let Some(path) = &self.rejects {
            context.refuse_to_overwrite_registry(path)?;
            refuse_to_overwrite(&self.plan, Some(path))?;
        }
        let mut rejects = self
            .rejects
            .as_deref()
            .map(|path| Rejects::open(path, context.out.mark(Some(path))))
            .transpose()?;
        let size = self.plan.metadata().map_or(0, |metadata| metadata.len());
        let ((mut result, labels), batch) =
            context.write_much("import apply", &self.write, size, |writer| {
                let before = self.state();
                let mut plan = show::open(&self.plan)?;
                refuse_other_registry(&plan.header, &mut writer.reader())?;
                let header = plan.header.clone();
                let mut applying = Applying::begin(&header, context, writer)?;
                let bar = context.out.progress(size);
                let mut found = 0;
                while let Some(line) = plan.next()? {
                    interrupt::check()?;
                    bar.inc(plan.length());
                    match line {
                        PlanLine::Party(party) => applying.party(party),
                        PlanLine::Source(source) => applying.source(source),
                        PlanLine::Project(mut item) => {
                            found += item.rows.len() as u64;
                            let refused = applying.project(&mut item, writer)?;
                            if let (Some(why), Some(rejects)) = (refused, &mut rejects) {
                                rejects.add(&item.original, &why)?;
                            }
                        }
                        PlanLine::PartyRecord(item) => {
                            found += item.rows.len() as u64;
                            let refused = applying.party_record(&item, writer)?;
                            if let (Some(why), Some(rejects)) = (refused, &mut rejects) {
                                rejects.add(&item.original, &why)?;
                            }
                        }
                        PlanLine::Intake(intake) => {
                            if let Some(rejects) = &mut rejects {
                                rejects.headings(&intake.headings);
                            }
                        }
                        PlanLine::Counts(counts) => {
                            found += counts.rows_skipped;
                            let read = counts.rows_read;
                            if found != read {
                                return Err(ImportError::DoesNotAddUp { read, found }.into());
                            }
                        }
                        PlanLine::Header(_) | PlanLine::Missing(_) => {}
                    }
                }
                if self.state() != before {
                    return Err(ImportError::Changed(self.plan.clone()).into());
                }
                if let Some(rejects) = &mut rejects {
                    rejects.complete()?;
                }
                let labels = context.labels(&mut writer.reader())?;
                let result = applying.finish()?;
                writer.settle(&interrupt::check)?;
                bar.finish_and_clear();
                Ok((result, labels))
            })?;
        result.dry_run = self.write.dry_run;
        result.batch = batch
            .as_ref()
            .filter(|_| !self.write.dry_run)
            .map(|batch| batch.number);
        if let Some(rejects) = rejects {
            let rows = rejects.finish()?;
            if let Some(path) = &self.rejects {
                let path = path.display().to_string();
                let values = [("path", path.into()), ("rows", rows.into())];
                let wrote = labels.with("import-wrote-rejects", &values);
                context.out.status(&wrote);
            }
        }
        let shown = context.show(&result, &labels);
        self.tell(&result, &labels, context);
        after_recording(shown, result.batch)
    }

    /// By what a change of the plan is noticed while it is read.
    fn state(&self) -> Option<(u64, Option<SystemTime>)> {
        let metadata = self.plan.metadata().ok()?;
        Some((metadata.len(), metadata.modified().ok()))
    }

    fn tell(&self, result: &ImportResult, labels: &Labels, context: &Context) {
        context.out.status(&match result.batch {
            Some(batch) => labels.with("import-applied", &[("batch", batch.into())]),
            None if result.dry_run => labels.text("import-applied-dry"),
            None => labels.text("import-applied-nothing"),
        });
    }
}

fn refuse_other_registry(header: &PlanHeader, reader: &mut Reader<'_>) -> Result<(), Error> {
    let origin = reader.origin().ok();
    match &header.registry.origin {
        Some(plan) if origin.as_ref() != Some(plan) => Err(ImportError::OtherRegistry {
            plan: plan.clone(),
            registry: origin.unwrap_or_else(|| "a new one".to_owned()),
        }
        .into()),
        _ => Ok(()),
    }
}
