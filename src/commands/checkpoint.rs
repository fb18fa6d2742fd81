//! `tpmc checkpoint`

use std::path::PathBuf;

use clap::Args;

use super::memory::Remembering;
use super::sound::{Sound, root_of_entries};
use super::trust::TrustError;
use crate::context::Context;
use crate::error::Error;
use crate::merkle::checkpoint::{Checkpoint as Text, SignedCheckpoint};
use crate::merkle::hash::Hash;
use crate::render::Format;
use crate::report::Artefact;
use crate::store::{Access, Reader};

/// Print the state of the journal: the registry's name, its number of entries and their root hash
///
/// Publish it where it cannot be taken back; `tpmc verify --against` then shows whether anything before it was rewritten.
/// The root is worked out from the bytes of every entry. The form is that of C2SP checkpoints. With --key it is a signed note. The registry is verified before it is signed, and
/// what this key signed last must go together with it; a journal that contradicts it is not signed. With --known-at it is the
/// checkpoint of that time.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc checkpoint --key registry.key -o 2026-11.checkpoint")]
pub(crate) struct Checkpoint {
    /// File with the signing key of this registry's log, made with `tpmc key new`
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    remembering: Remembering,
}

impl Checkpoint {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Read)?;
        let path = store.path().to_owned();
        let (checkpoint, text, signatures) = store.read(|reader| {
            let size = reader.journal_size(context.known_at)?;
            Ok::<_, Error>(match &self.key {
                Some(key) => {
                    let mut sound = Sound::of(reader, &path, context)?;
                    let signed = sound.sign(size, key, &self.remembering)?;
                    (
                        signed.checkpoint().clone(),
                        signed.to_string(),
                        names(&signed),
                    )
                }
                None => {
                    let root = root_of_entries(reader, size)?;
                    let checkpoint = of_root(&reader.origin()?, size, root)?;
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

/// The checkpoint of the first `size` entries of a copy that was verified.
pub(super) fn at(reader: &mut Reader<'_>, size: u64) -> Result<Text, Error> {
    let (origin, root) = (reader.origin()?, reader.root(size)?);
    of_root(&origin, size, root)
}

fn of_root(origin: &str, size: u64, root: Hash) -> Result<Text, Error> {
    Ok(Text::new(origin, size, root).map_err(TrustError::Sign)?)
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
