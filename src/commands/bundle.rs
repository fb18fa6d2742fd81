//! `tpmc bundle`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::memory::Remembering;
use super::sound::Sound;
use super::trust::{self, KeyArgument, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{self, BundleWriter, Current, DataPackage, Exporter as _, Provided};
use crate::merkle::checkpoint::SignedCheckpoint;
use crate::merkle::key::{Kind as KeyKind, VerifierKey};
use crate::merkle::proof::InclusionProof;
use crate::store::{Access, Kind, ProvedEntry, Reader};

/// Entries that are read at once.
const PAGE: i64 = 1_000;
/// Up to so many records, each has a proof of its own; a file for each of a million would help nobody.
const MOST_PROOFS: u64 = 20_000;

/// Write everything an auditor needs into one archive: records, journal, signed checkpoint, proofs, and how to check them
///
/// The archive holds the records (one a line, and as a Data Package), the documents kept with sources, the journal byte for byte, its
/// signed checkpoint, the verifier key, a .tlog-proof for each record, a README with the steps for any program, and verify.py, which does them all in
/// a few hundred lines of Python. `tpmc verify --bundle` does the same. The registry is verified first: one that does not verify is
/// refused. The same registry and the same checkpoint give the same bytes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc bundle --key registry.key -o AUDIT.zip\n         tpmc bundle --checkpoint cosigned.checkpoint --log-key registry.vkey -o AUDIT.zip"
)]
#[command(group = clap::ArgGroup::new("signature").required(true).args(["key", "checkpoint"]))]
pub(crate) struct Bundle {
    /// File with the signing key of this registry's log, made with `tpmc key new`
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Signed checkpoint of the whole journal, cosigned perhaps, instead of a new signature
    #[arg(long, value_name = "FILE", requires = "log_key")]
    checkpoint: Option<PathBuf>,
    /// With --checkpoint: verifier key of the log, or a file that holds it
    #[arg(long, value_name = "VKEY", conflicts_with = "key")]
    log_key: Option<KeyArgument>,
    /// How records are proved; the default is each up to 20,000 records, and tiles beyond
    #[arg(long, value_enum, value_name = "HOW")]
    proofs: Option<Proving>,
    #[command(flatten)]
    remembering: Remembering,
}

/// What lets others prove that a record stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Proving {
    /// One .tlog-proof a record
    Each,
    /// The tiles of the hash tree (c2sp.org/tlog-tiles), from which anybody works out any proof
    Tiles,
}

impl Bundle {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if context.out.file().is_none() {
            return Err(Error::NoOutput);
        }
        let mut store = context.store(Access::Read)?;
        let path = store.path().to_owned();
        store.read(|reader| {
            let mut sound = Sound::of(reader, &path, context)?;
            let (signed, key) = self.head(&mut sound)?;
            let how = self.proofs.unwrap_or(match sound.records as u64 {
                0..=MOST_PROOFS => Proving::Each,
                _ => Proving::Tiles,
            });
            context.out.place(|draft| {
                let scratch = Scratch(draft.with_extension("folder"));
                write(
                    reader,
                    draft,
                    &scratch.0,
                    (&signed, &key),
                    (how, &mut sound),
                )
            })?;
            let key = key.to_string();
            context.out.say(&message!("receipt-bundle", key));
            Ok(())
        })
    }

    /// The signed checkpoint of the whole journal, and the key that it is checked with.
    fn head(&self, sound: &mut Sound) -> Result<(SignedCheckpoint, VerifierKey), Error> {
        let size = sound.size;
        let (Some(path), Some(key)) = (&self.checkpoint, &self.log_key) else {
            let file = self.key.as_deref().unwrap_or(Path::new(""));
            let key = trust::signing_key(file)?.verifier_key(KeyKind::Log);
            return Ok((sound.sign(size, file, &self.remembering)?, key));
        };
        let (signed, key) = (trust::signed_checkpoint(path)?, key.key()?);
        signed
            .verify(std::slice::from_ref(&key))
            .map_err(|cause| TrustError::Checkpoint(path.clone(), cause))?;
        sound.owns(path, signed.checkpoint())?;
        match signed.checkpoint().size() {
            signed if signed < size => Err(TrustError::Outgrown { signed, size }.into()),
            _ => Ok((signed, key)),
        }
    }
}

/// A folder that is removed at the end.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn write(
    reader: &mut Reader<'_>,
    draft: &Path,
    scratch: &Path,
    (signed, key): (&SignedCheckpoint, &VerifierKey),
    (how, sound): (Proving, &mut Sound),
) -> Result<(), Error> {
    let mut bundle = BundleWriter::new(draft, signed, key)?;
    bundle.journal()?;
    let mut next = 0;
    loop {
        let entries = reader.entries(next, PAGE)?;
        for bytes in &entries {
            bundle.entry(bytes)?;
            next += 1;
        }
        if entries.is_empty() {
            break;
        }
    }
    bundle.records()?;
    let mut package = DataPackage::of_records(scratch)?;
    let provided = Provided::nothing();
    each(reader, |_, current| {
        bundle.record(current)?;
        package.record(&exchange::entry_document(&current.bytes)?, &provided)?;
        Ok(())
    })?;
    package.finish()?;
    bundle.package(scratch)?;
    for sha256 in reader.contents()? {
        bundle.document(&sha256, &reader.content(&sha256)?)?;
    }
    let size = signed.checkpoint().size();
    match how {
        Proving::Each => each(reader, |_, current| {
            let proof = InclusionProof {
                extra: Vec::new(),
                index: current.index,
                hashes: sound.inclusion_proof(current.index, size)?,
                checkpoint: signed.clone(),
            };
            Ok(bundle.proof(current, &proof)?)
        })?,
        Proving::Tiles => {
            for (level, number, width) in exchange::bundle_tiles(size) {
                bundle.tile(level, number, width, sound.tile(level, number))?;
            }
        }
    }
    Ok(bundle.finish()?)
}

/// Shows the last entry about each record to `work`, in the order of kinds and codes.
fn each(
    reader: &mut Reader<'_>,
    mut work: impl FnMut(&mut Reader<'_>, &Current) -> Result<(), Error>,
) -> Result<(), Error> {
    for kind in Kind::ALL.iter().copied() {
        let mut after = None::<String>;
        loop {
            let (entries, until) = reader.current(kind, after.as_deref())?;
            for ProvedEntry {
                number,
                code,
                bytes,
                ..
            } in entries
            {
                let current = Current {
                    index: u64::try_from(number).unwrap_or(u64::MAX),
                    kind: kind.word(),
                    code,
                    bytes,
                };
                work(reader, &current)?;
            }
            match until {
                Some(_) => after = until,
                None => break,
            }
        }
    }
    Ok(())
}
