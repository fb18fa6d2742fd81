//! `tpmc draft approve`

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use super::{FILE, arguments, seen};
use crate::commands::program::Program;
use crate::context::Context;
use crate::domain::{Language, Vocabulary as _};
use crate::error::{DraftError, Error};
use crate::store::{Access, Error as StoreError, Waiting};

/// Approve a draft of somebody else, which records it
///
/// It is recorded as it was entered, by the same command. Refused when it would now record something else than its author saw; look at
/// it again with --dry-run then, and approve it with --anew.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc draft approve 3 --dry-run\n         tpmc draft approve 3")]
pub(crate) struct Approve {
    /// Its number in `tpmc draft list`
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    number: i64,
    /// Approve what it records now, although its author saw something else
    #[arg(long)]
    anew: bool,
    /// Show what it would record now, and record nothing
    #[arg(long)]
    dry_run: bool,
}

impl Approve {
    pub(crate) fn run(self, context: &Context, program: Program) -> Result<(), Error> {
        let by = context.actor();
        let mut store = context.store(Access::Write)?;
        let note = format!("(draft {} approved by ", self.number);
        let (draft, file, recorded, seen) = store.read(|reader| {
            let draft = reader.draft(self.number)?;
            let file = reader.draft_file(self.number)?;
            // A program that was stopped had recorded it already.
            let recorded = reader.batch_noting(&note)?;
            let recorded = recorded.filter(|batch| batch.actor == draft.author);
            let last = reader.last_batch()?.map(|batch| batch.number);
            Ok::<_, Error>((draft, file, recorded, last))
        })?;
        if draft.decided_at.is_some() {
            return Err(StoreError::Decided(self.number).into());
        }
        if !self.dry_run && draft.author == by {
            return Err(DraftError::Own(self.number).into());
        }
        let work = Work::new(&draft, file, context)?;
        if self.dry_run {
            return (program.carry_out)(draft.language, work.line(&["--dry-run"]), context);
        }
        let batch = match recorded {
            Some(batch) => batch.number,
            None => {
                if !self.anew && draft.file_name.is_none() {
                    self.refuse_moved(&draft, &work, program)?;
                }
                context.approve_for(&draft.author, format!("{note}{by})"), seen);
                (program.carry_out)(draft.language, work.line(&[]), context)?;
                let batch = store.read(|reader| reader.batch_noting(&note))?;
                batch.ok_or(DraftError::Empty(self.number))?.number
            }
        };
        Ok(store.decide_draft(self.number, (&by, context.now()), Ok(batch))?)
    }

    /// Refuses what would record something else than its author saw.
    fn refuse_moved(&self, draft: &Waiting, work: &Work, program: Program) -> Result<(), Error> {
        let ran = (program.run)(draft.language, work.line(&["--dry-run", "--format=json"]));
        match ran.refusal.is_none() && seen(&ran.kept.result) != draft.seen {
            true => Err(DraftError::Moved(self.number).into()),
            false => Ok(()), // a refusal is met again, and told, when it is carried out
        }
    }
}

/// A draft as a command line, with its file in a folder that is removed at the end.
struct Work {
    command: String,
    arguments: Vec<OsString>,
    registry: PathBuf,
    author: String,
    zone: String,
    /// That of its author, in which it is compared with what was seen.
    language: Language,
    _folder: tempfile::TempDir,
}

impl Work {
    fn new(draft: &Waiting, file: Option<Vec<u8>>, context: &Context) -> Result<Self, Error> {
        let folder = tempfile::tempdir()?;
        let place = folder.path().join("file");
        if let Some(file) = file {
            std::fs::write(&place, file)?;
        }
        let place = place.to_string_lossy().into_owned();
        let words = arguments(draft).into_iter();
        Ok(Self {
            command: draft.command.clone(),
            arguments: words
                .map(|word| word.replace(FILE, &place).into())
                .collect(),
            registry: context.registry()?,
            author: draft.author.clone(),
            zone: context.zone.to_string(),
            language: draft.language,
            _folder: folder,
        })
    }

    /// Returns the command line with further options.
    fn line(&self, more: &[&str]) -> Vec<OsString> {
        let mut line: Vec<OsString> = vec!["tpmc".into(), "--registry".into()];
        line.push(self.registry.clone().into());
        line.push(format!("--tz={}", self.zone).into());
        line.push(format!("--lang={}", self.language.word()).into());
        line.push(format!("--actor={}", self.author).into());
        line.extend(self.command.split(' ').map(OsString::from));
        line.extend(more.iter().map(OsString::from));
        line.extend_from_slice(&self.arguments);
        line
    }
}
