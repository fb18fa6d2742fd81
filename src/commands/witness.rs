//! `tpmc witness`

use std::path::PathBuf;

use clap::Args;

use super::checkpoint::{artefact, names, show};
use super::trust::{self, KeyArgument, Memory, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::merkle::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::merkle::consistency::ConsistencyProof;
use crate::merkle::key::{Kind, SigningKey};
use crate::merkle::proof::ProofError;
use crate::merkle::verify::verify_consistency;
use crate::report::Artefact;
use crate::store::Access;

/// Add a second signature to a checkpoint, after checking that it follows on the last one that this witness signed
///
/// The checkpoint must be signed by its log, whose verifier key the witness has from somewhere else than the checkpoint. What
/// the witness signed last is kept whole in a file beside its key: a checkpoint with fewer entries, or one whose journal does
/// not begin with the entries that were signed before, is refused. That it does is shown by the registry, or by the file that
/// `tpmc prove --from` wrote, for a witness that has no copy of the registry. The first checkpoint of a log is signed on the
/// word of its key alone.
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
}

impl Witness {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut signed = trust::signed_checkpoint(&self.checkpoint)?;
        let log_key = self.log_key.key()?;
        signed
            .verify(std::slice::from_ref(&log_key))
            .map_err(|cause| TrustError::Checkpoint(self.checkpoint.clone(), cause))?;
        let key: SigningKey = trust::signing_key(&self.key)?;
        let memory = Memory::open(&self.key, &key, Kind::Witness, signed.checkpoint().origin())?;
        let (last, new) = (memory.last(), signed.checkpoint());
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
            if now > before {
                match &self.proof {
                    Some(proof) => by_proof(proof, last, &signed)?,
                    None => by_registry(context, last, new)?,
                }
            }
        }
        let told = match last {
            None => "It is the first one of this registry that this key signs.".to_owned(),
            Some(last) => format!(
                "It follows on the {} entries that this key signed last.",
                last.size()
            ),
        };
        let time = u64::try_from(context.now().timestamp()).unwrap_or_default();
        signed.cosign(&key, time).map_err(TrustError::Sign)?;
        memory.keep(&signed)?;
        context.out.status(&format!(
            "Signed {} entries as {}. {told}",
            signed.checkpoint().size(),
            key.name()
        ));
        show(
            context,
            Artefact {
                signatures: names(&signed),
                ..artefact(signed.checkpoint(), signed.to_string())
            },
        )
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

/// The same by the tree of the registry.
fn by_registry(context: &Context, last: &Checkpoint, new: &Checkpoint) -> Result<(), Error> {
    context.store(Access::Read)?.read(|reader| {
        let (origin, found) = (reader.origin()?, reader.journal_size(None)?);
        if origin != new.origin() {
            return Err(TrustError::Origin {
                path: context.registry()?,
                found: origin,
                expected: new.origin().to_owned(),
            }
            .into());
        }
        if found < new.size() {
            return Err(TrustError::Short {
                wanted: new.size(),
                found,
            }
            .into());
        }
        let (signed, offered) = (last.size(), new.size());
        if reader.root(signed)? != last.root() || reader.root(offered)? != new.root() {
            return Err(TrustError::Fork { signed, offered }.into());
        }
        Ok(())
    })
}
