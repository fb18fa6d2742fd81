//! `tpmc prove`

use std::path::{Path, PathBuf};

use clap::Args;

use super::checkpoint::{artefact, names, show};
use super::memory::Remembering;
use super::sound::Sound;
use super::trust::{self, Published, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::merkle::checkpoint::SignedCheckpoint;
use crate::merkle::consistency::ConsistencyProof;
use crate::merkle::proof::InclusionProof;
use crate::message::Message;
use crate::report::Artefact;
use crate::store::{Access, ProvedEntry, Reader};

/// The longest entry that stands in its proof, in bytes; readers of proofs take no longer files.
const LONGEST: usize = 500_000;

/// Prove that a record stands in the journal, or that the journal only grew since an earlier checkpoint
///
/// The proof of a record is a C2SP .tlog-proof file about the last entry of its history. The line `extra` of it holds the bytes
/// of the entry in base64, so that the file needs nothing beside it: `tpmc verify --proof FILE --key VKEY` checks it without the
/// registry. The checkpoint in it is signed now with --key, or is one that was published and perhaps cosigned (--checkpoint). The
/// registry is verified first: one that does not verify proves nothing.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc prove P-0002 --key registry.key -o P-0002.tlog-proof\n         tpmc prove --from 2026-10.checkpoint --key registry.key -o growth.proof"
)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["code", "entry", "from"]))]
#[command(group = clap::ArgGroup::new("signature").required(true).args(["key", "checkpoint"]))]
pub(crate) struct Prove {
    /// Code of the record, like P-0002
    code: Option<String>,
    /// Kind of the record, where several records have this code
    #[arg(long, requires = "code", value_parser = words_of_kinds(), value_name = "KIND")]
    kind: Option<String>,
    /// Number of an entry of the journal, instead of a record
    #[arg(long, value_name = "N")]
    entry: Option<u64>,
    /// Prove growth instead: from this checkpoint on (a file), or from this many entries
    #[arg(long, value_name = "CHECKPOINT|N")]
    from: Option<String>,
    /// File with the signing key of this registry's log
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Signed checkpoint of this registry, to prove against it
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    #[command(flatten)]
    remembering: Remembering,
}

impl Prove {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Read)?;
        let path = store.path().to_owned();
        let artefact = store.read(|reader| {
            let mut sound = Sound::of(reader, &path, context)?;
            let signed = self.head(&mut sound)?;
            match &self.from {
                Some(from) => growth(&mut sound, from, signed),
                None => self.record(reader, &mut sound, signed, context),
            }
        })?;
        if artefact.entry.is_some() && !artefact.text.contains("\nextra ") {
            context.out.say(&message!("receipt-long-entry"));
        }
        show(context, artefact)
    }

    /// The signed checkpoint that the proof leads to: made now, or one of this registry that was made before.
    fn head(&self, sound: &mut Sound) -> Result<SignedCheckpoint, Error> {
        match (&self.checkpoint, &self.key) {
            (Some(path), _) => {
                let signed = trust::signed_checkpoint(path)?;
                sound.owns(path, signed.checkpoint())?;
                Ok(signed)
            }
            (None, key) => {
                let file = key.as_deref().unwrap_or(Path::new(""));
                sound.sign(sound.size, file, &self.remembering)
            }
        }
    }

    fn record(
        &self,
        reader: &mut Reader<'_>,
        sound: &mut Sound,
        checkpoint: SignedCheckpoint,
        context: &Context,
    ) -> Result<Artefact, Error> {
        let size = checkpoint.checkpoint().size();
        let entry = match (&self.code, self.entry) {
            (Some(code), _) => self.last_entry(reader, code, size)?,
            (None, number) => {
                let number = i64::try_from(number.unwrap_or_default()).unwrap_or(i64::MAX);
                reader.entry(number)?
            }
        };
        let later = reader.last_entries_about(&entry.code, Some(&entry.kind), sound.size)?;
        if let Some(later) = later.first().filter(|later| later.number > entry.number) {
            context.out.say(&message!(
                "receipt-later-entry",
                entry = entry.number,
                later = later.number,
                kind = Message::new(format!("record-{}", entry.kind)),
                code = entry.code
            ));
        }
        let index = u64::try_from(entry.number).unwrap_or(u64::MAX);
        let proof = InclusionProof {
            index,
            hashes: sound.inclusion_proof(index, size)?,
            extra: Some(entry.bytes.into_bytes())
                .filter(|bytes| bytes.len() <= LONGEST)
                .unwrap_or_default(),
            checkpoint,
        };
        let signed = &proof.checkpoint;
        Ok(Artefact {
            entry: Some(index),
            kind: Some(entry.kind),
            code: Some(entry.code),
            signatures: names(signed),
            ..artefact(signed.checkpoint(), proof.to_string())
        })
    }

    fn last_entry(
        &self,
        reader: &mut Reader<'_>,
        code: &str,
        size: u64,
    ) -> Result<ProvedEntry, Error> {
        let mut found = reader.last_entries_about(code, self.kind.as_deref(), size)?;
        if found.len() > 1 {
            let kinds: Vec<&str> = found.iter().map(|entry| entry.kind.as_str()).collect();
            return Err(TrustError::Ambiguous {
                code: code.to_owned(),
                kinds: kinds.join(", "),
            }
            .into());
        }
        let not_found = crate::store::Error::NotFound {
            what: "record",
            code: code.to_owned(),
            nearest: None,
        };
        Ok(found.pop().ok_or(not_found)?)
    }
}

/// The proof that the journal only grew since `from`: a checkpoint's file, or a number of entries.
fn growth(sound: &mut Sound, from: &str, head: SignedCheckpoint) -> Result<Artefact, Error> {
    let to = head.checkpoint().size();
    let from = match from.parse::<u64>() {
        Ok(size) => size,
        Err(_) => {
            let path = Path::new(from);
            let published = Published::read(path)?;
            sound.owns(path, published.checkpoint())?;
            published.checkpoint().size()
        }
    };
    if from > to {
        return Err(TrustError::Short {
            wanted: from,
            found: to,
        }
        .into());
    }
    let (checkpoint, signatures) = (head.checkpoint().clone(), names(&head));
    let proof = ConsistencyProof::new(from, sound.consistency_proof(from, to)?, head);
    Ok(Artefact {
        from: Some(from),
        signatures,
        ..artefact(&checkpoint, proof.to_string())
    })
}

fn words_of_kinds() -> clap::builder::PossibleValuesParser {
    crate::store::Kind::ALL
        .iter()
        .map(|kind| kind.word())
        .collect::<Vec<_>>()
        .into()
}
