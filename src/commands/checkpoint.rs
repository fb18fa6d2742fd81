//! `tpmc checkpoint`

use std::path::{Path, PathBuf};

use clap::Args;

use super::trust::{self, Memory, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::merkle::checkpoint::{Checkpoint as Text, SignedCheckpoint};
use crate::merkle::key::Kind;
use crate::render::Format;
use crate::report::Artefact;
use crate::store::{Access, Reader};

/// Print what the journal comes to: the registry's name, its number of entries and their root hash
///
/// Publish it where it cannot be taken back; `tpmc verify --against` then shows whether anything before it was rewritten.
/// The form is that of C2SP checkpoints. With --key it is a signed note; what the key signed last is kept in a file beside
/// the key, and a journal that contradicts it is not signed. With --known-at it is the checkpoint of that time.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc checkpoint --key registry.key -o 2026-11.checkpoint")]
pub(crate) struct Checkpoint {
    /// File with the signing key of this registry's log, made with `tpmc key new`
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

impl Checkpoint {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Read)?;
        let (checkpoint, text, signatures) = store.read(|reader| {
            let size = reader.journal_size(context.known_at)?;
            Ok::<_, Error>(match &self.key {
                Some(key) => {
                    let signed = sign(reader, size, key)?;
                    (
                        signed.checkpoint().clone(),
                        signed.to_string(),
                        names(&signed),
                    )
                }
                None => {
                    let checkpoint = at(reader, size)?;
                    let text = checkpoint.to_string();
                    (checkpoint, text, Vec::new())
                }
            })
        })?;
        show(
            context,
            Artefact {
                signatures,
                ..artefact(&checkpoint, text)
            },
        )
    }
}

/// The checkpoint of the first `size` entries.
pub(super) fn at(reader: &mut Reader<'_>, size: u64) -> Result<Text, Error> {
    let (origin, root) = (reader.origin()?, reader.root(size)?);
    Ok(Text::new(&origin, size, root).map_err(TrustError::Sign)?)
}

/// Signs the checkpoint of the first `size` entries with the log's key, unless it contradicts what that key signed before.
pub(super) fn sign(
    reader: &mut Reader<'_>,
    size: u64,
    file: &Path,
) -> Result<SignedCheckpoint, Error> {
    let checkpoint = at(reader, size)?;
    let key = trust::signing_key(file)?;
    let signed = SignedCheckpoint::sign(checkpoint, &key).map_err(TrustError::Sign)?;
    let memory = Memory::open(file, &key, Kind::Log, signed.checkpoint().origin())?;
    if let Some(last) = memory.last() {
        let entries = reader.journal_size(None)?;
        if last.size() > entries {
            return Err(TrustError::Rollback {
                signed: last.size(),
                offered: entries,
            }
            .into());
        }
        if reader.root(last.size())? != last.root() {
            return Err(TrustError::Fork {
                signed: last.size(),
                offered: entries,
            }
            .into());
        }
    }
    memory.keep(&signed)?;
    Ok(signed)
}

pub(super) fn names(signed: &SignedCheckpoint) -> Vec<String> {
    let signatures = signed.note().signatures().iter();
    signatures.map(|signature| signature.name.clone()).collect()
}

/// A file about a checkpoint.
pub(super) fn artefact(checkpoint: &Text, text: String) -> Artefact {
    Artefact {
        origin: checkpoint.origin().to_owned(),
        entries: checkpoint.size(),
        root: checkpoint.root().to_string(),
        signatures: Vec::new(),
        from: None,
        entry: None,
        kind: None,
        code: None,
        text,
    }
}

/// Writes a checkpoint or proof as it is, unless another format is asked for by name.
pub(super) fn show(context: &Context, artefact: Artefact) -> Result<(), Error> {
    match context.named_format() {
        None | Some(Format::Text) => context.out.data(artefact.text.as_bytes()),
        Some(_) => {
            let labels = crate::language::Labels::new(context.language, Default::default());
            context.show(&artefact, &labels)
        }
    }
}
