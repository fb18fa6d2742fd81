//! `tpmc witness`

use std::path::PathBuf;

use clap::Args;

use super::checkpoint::{artefact, names, show};
use super::memory::{Memory, Remembering};
use super::sound::Sound;
use super::trust::{self, KeyArgument, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::merkle::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::merkle::consistency::ConsistencyProof;
use crate::merkle::hash::empty_root;
use crate::merkle::key::{Kind, SigningKey};
use crate::merkle::proof::ProofError;
use crate::merkle::verify::verify_consistency;
use crate::report::Artefact;
use crate::store::Access;

/// Add a second signature to a checkpoint, after checking that it follows on the last one that this witness signed
///
/// The checkpoint must be signed by its log, whose verifier key the witness has from somewhere else than the checkpoint. What
/// the key of the witness signed last is kept on this machine (--key-memory): a checkpoint with fewer entries, or one whose
/// journal does not begin with the entries that were signed before, is refused. That it does is proved by a registry that
/// verifies, whose tree is worked out again from its entries, or by the file that `tpmc prove --from` wrote. A key that this
/// machine does not know signs only with --first. The first checkpoint of a log is compared with the registry that is named; without
/// one it is signed on the word of the log alone.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc witness 2026-11.checkpoint --key witness.key --log-key registry.vkey -o 2026-11.checkpoint"
)]
pub(crate) struct Witness {
    /// Signed checkpoint
    #[arg(value_name = "CHECKPOINT")]
    checkpoint: PathBuf,
    /// File with the signing key of the witness
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Verifier key of the log, or a file that holds it
    #[arg(long, value_name = "VKEY")]
    log_key: KeyArgument,
    /// Proof that the checkpoint follows on the last one, made with `tpmc prove --from`; the registry is not needed then
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    #[command(flatten)]
    remembering: Remembering,
}

impl Witness {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut signed = trust::signed_checkpoint(&self.checkpoint)?;
        let log_key = self.log_key.key()?;
        signed
            .verify(std::slice::from_ref(&log_key))
            .map_err(|cause| TrustError::Checkpoint(self.checkpoint.clone(), cause))?;
        let key: SigningKey = trust::signing_key(&self.key)?;
        let origin = signed.checkpoint().origin();
        let memory = Memory::open(&self.remembering, &self.key, &key, Kind::Witness, origin)?;
        let last = memory.last();
        self.follows(last, &signed, context)?;
        let last = last.map(Checkpoint::size);
        let time = u64::try_from(context.now().timestamp()).unwrap_or_default();
        signed.cosign(&key, time).map_err(TrustError::Sign)?;
        memory.keep(&signed)?;
        let (count, name) = (signed.checkpoint().size(), key.name());
        context.out.say(&match last {
            None => message!("receipt-cosigned-first", count, name),
            Some(last) => message!("receipt-cosigned", count, name, last),
        });
        show(
            context,
            Artefact {
                signatures: names(&signed),
                ..artefact(signed.checkpoint(), signed.to_string())
            },
        )
    }
}

impl Witness {
    /// Makes sure that the journal of the checkpoint begins with that of the last one.
    fn follows(
        &self,
        last: Option<&Checkpoint>,
        signed: &SignedCheckpoint,
        context: &Context,
    ) -> Result<(), Error> {
        let new = signed.checkpoint();
        if let Some(last) = last {
            let (before, now) = (last.size(), new.size());
            if now < before {
                return Err(TrustError::Rollback {
                    signed: before,
                    offered: now,
                }
                .into());
            }
            if now == before && last.root() != new.root() {
                return Err(TrustError::Fork {
                    signed: before,
                    offered: now,
                }
                .into());
            }
        }
        match (&self.proof, last) {
            (_, Some(last)) if last.size() == new.size() => Ok(()),
            (Some(proof), Some(last)) => by_proof(proof, last, signed),
            (Some(proof), None) => {
                let nothing = Checkpoint::new(new.origin(), 0, empty_root());
                by_proof(proof, &nothing.map_err(TrustError::Sign)?, signed)
            }
            (None, None) if !context.names_a_registry() => Ok(()),
            (None, last) => self.by_registry(last, new, context),
        }
    }

    /// The same by a registry that verifies.
    fn by_registry(
        &self,
        last: Option<&Checkpoint>,
        new: &Checkpoint,
        context: &Context,
    ) -> Result<(), Error> {
        let mut store = context.store(Access::Read)?;
        let path = store.path().to_owned();
        store.read(|reader| {
            let origin = reader.origin()?;
            if origin != new.origin() {
                return Err(TrustError::Origin {
                    path: self.checkpoint.clone(),
                    found: new.origin().to_owned(),
                    expected: origin,
                }
                .into());
            }
            let mut sound = Sound::of(reader, &path, context)?;
            sound.owns(&self.checkpoint, new)?;
            last.map_or(Ok(()), |last| sound.connect(last, new))
        })
    }
}

/// That the journal of `new` begins with that of `last`, by the hashes of a proof for exactly these two.
fn by_proof(
    path: &std::path::Path,
    last: &Checkpoint,
    new: &SignedCheckpoint,
) -> Result<(), Error> {
    let failed = |cause| TrustError::Proof(path.to_owned(), cause);
    let proof = ConsistencyProof::parse(&trust::read(path)?).map_err(failed)?;
    if proof.from() != last.size() {
        let (stated, known) = (proof.from(), last.size());
        return Err(failed(ProofError::OldSize { stated, known }).into());
    }
    let (old, new) = (last, new.checkpoint());
    verify_consistency(
        old.size(),
        &old.root(),
        new.size(),
        &new.root(),
        proof.hashes(),
    )
    .map_err(|cause| failed(cause.into()).into())
}
