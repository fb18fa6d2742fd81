//! The consistency proof file: that a journal only grew between two checkpoints. The format is this program's own.

use std::fmt;

use super::checkpoint::{SignedCheckpoint, Signer};
use super::hash::Hash;
use super::policy::Required;
use super::proof::{ProofError, split};
use super::verify::verify_consistency;

const HEADER: &str = "tpmc-consistency@v1";

/// Proof that a journal of `to` entries begins with all entries that it had when it was `from` entries long.
///
/// C2SP has no file for this, so we define one after `.tlog-proof`: the line `tpmc-consistency@v1`; `from <size>` and
/// `to <size>` in decimal without leading zeros; the hashes of RFC 6962 section 2.1.2 in base64, one a line, in the
/// RFC's order, none when `from` is 0 or equal to `to`; an empty line; the signed checkpoint of the later size as it
/// is. The earlier checkpoint is not included: whoever checks holds their own copy, else the proof would prove nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsistencyProof {
    from: u64,
    hashes: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl ConsistencyProof {
    /// The first line of the file.
    pub(crate) const HEADER: &'static str = HEADER;

    /// A proof from `from` entries to those of `checkpoint`; the hashes are those of `tree::consistency_proof`.
    pub(crate) fn new(from: u64, hashes: Vec<Hash>, checkpoint: SignedCheckpoint) -> Self {
        Self {
            from,
            hashes,
            checkpoint,
        }
    }

    /// Reads a proof, strictly; `to` must be the size that the checkpoint states. Verifies nothing else.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, ProofError> {
        let (mut lines, checkpoint) = split(bytes, HEADER)?;
        let from = lines.number("from ", "from")?;
        let to = lines.number("to ", "to")?;
        let proof = Self {
            from,
            hashes: lines.hashes()?,
            checkpoint: SignedCheckpoint::parse(checkpoint)?,
        };
        let signed = proof.checkpoint.checkpoint().size();
        if to == signed {
            Ok(proof)
        } else {
            Err(ProofError::Size { stated: to, signed })
        }
    }

    /// The number of entries at the earlier time.
    pub(crate) fn from(&self) -> u64 {
        self.from
    }

    /// The hashes that lead from the earlier root to the later one.
    pub(crate) fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The later checkpoint.
    pub(crate) fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// Checks that the journal of the checkpoint that the auditor kept is the beginning of this one.
    ///
    /// Both checkpoints must be of the same origin and signed as [`Required::verify`] demands. Returns who
    /// signed the later one.
    pub(crate) fn verify(
        &self,
        kept: &SignedCheckpoint,
        required: &Required,
    ) -> Result<Vec<Signer>, ProofError> {
        let (old, new) = (kept.checkpoint(), self.checkpoint.checkpoint());
        if old.origin() != new.origin() {
            return Err(ProofError::Origin {
                old: old.origin().to_owned(),
                new: new.origin().to_owned(),
            });
        }
        if old.size() != self.from {
            return Err(ProofError::OldSize {
                stated: self.from,
                known: old.size(),
            });
        }
        required.verify(kept)?;
        let signers = required.verify(&self.checkpoint)?;
        verify_consistency(
            old.size(),
            &old.root(),
            new.size(),
            &new.root(),
            &self.hashes,
        )?;
        Ok(signers)
    }
}

impl fmt::Display for ConsistencyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{HEADER}\nfrom {}\nto {}",
            self.from,
            self.checkpoint.checkpoint().size()
        )?;
        self.hashes
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::super::checkpoint::CheckpointError;
    use super::super::key::{Kind, SigningKey};
    use super::super::tests::{grow, signed_checkpoint};
    use super::super::tree::consistency_proof;
    use super::super::verify::VerifyError;
    use super::*;

    fn log(name: &str) -> SigningKey {
        SigningKey::generate(name, &[1; 32]).expect("a good name")
    }

    fn proof(from: u64, to: u64) -> (SignedCheckpoint, ConsistencyProof) {
        let (mut tiles, log) = (grow(to), log("log.example"));
        let hashes = consistency_proof(from, to, &mut tiles).expect("whole tiles");
        let checkpoint = signed_checkpoint(to, &mut tiles, &log);
        (
            signed_checkpoint(from, &mut tiles, &log),
            ConsistencyProof::new(from, hashes, checkpoint),
        )
    }

    fn parse(text: &str) -> Result<ConsistencyProof, ProofError> {
        ConsistencyProof::parse(text.as_bytes())
    }

    #[test]
    fn proofs_round_trip_and_verify() {
        let keys = [log("log.example").verifier_key(Kind::Log)];
        for (from, to) in [
            (0, 0),
            (0, 5),
            (1, 5),
            (4, 5),
            (5, 5),
            (70, 300),
            (256, 257),
            (256, 300),
        ] {
            let (kept, proof) = proof(from, to);
            let read = parse(&proof.to_string()).expect("a good proof");
            assert_eq!(read, proof);
            assert_eq!(
                read.verify(&kept, &Required::of(&keys))
                    .map(|signers| signers.len()),
                Ok(1),
                "{from} to {to}"
            );
        }
        let text = proof(4, 5).1.to_string();
        assert!(
            text.starts_with("tpmc-consistency@v1\nfrom 4\nto 5\n"),
            "{text}"
        );
    }

    #[test]
    fn a_rewritten_journal_is_refused() {
        let keys = [log("log.example").verifier_key(Kind::Log)];
        let (_, proof) = proof(70, 300);
        let mut other = grow(71);
        let leaves = other.tiles.get_mut(&(0, 0)).expect("a tile");
        leaves[5] ^= 1;
        let kept = signed_checkpoint(70, &mut other, &log("log.example"));
        assert_eq!(
            proof.verify(&kept, &Required::of(&keys)),
            Err(ProofError::Verify(VerifyError::Prefix))
        );
        let wrong_size = signed_checkpoint(71, &mut other, &log("log.example"));
        assert_eq!(
            proof.verify(&wrong_size, &Required::of(&keys)),
            Err(ProofError::OldSize {
                stated: 70,
                known: 71
            })
        );
        let elsewhere = signed_checkpoint(70, &mut grow(70), &log("other.example"));
        let origins = ProofError::Origin {
            old: "other.example".to_owned(),
            new: "log.example".to_owned(),
        };
        assert_eq!(proof.verify(&elsewhere, &Required::of(&keys)), Err(origins));
    }

    #[test]
    fn both_checkpoints_must_be_signed() {
        let keys = [log("log.example").verifier_key(Kind::Log)];
        let (kept, proof) = proof(70, 300);
        let unsigned = CheckpointError::NotSigned("log.example".to_owned());
        assert_eq!(
            proof.verify(&kept, &Required::default()),
            Err(unsigned.into())
        );
        let other_key = SigningKey::generate("log.example", &[2; 32]).expect("a good name");
        let forged = signed_checkpoint(70, &mut grow(70), &other_key);
        let unsigned = CheckpointError::NotSigned("log.example".to_owned());
        assert_eq!(
            proof.verify(&forged, &Required::of(&keys)),
            Err(unsigned.into())
        );
    }

    #[test]
    fn malformed_proofs_are_refused_with_the_reason() {
        let good = proof(4, 5).1.to_string();
        let error = |from: &str, to: &str| parse(&good.replacen(from, to, 1)).err();
        assert_eq!(error("tpmc-", "tpmc "), Some(ProofError::Header(HEADER)));
        assert_eq!(error("from 4", "from 04"), Some(ProofError::Field("from")));
        assert_eq!(error("to 5\n", ""), Some(ProofError::Field("to")));
        assert_eq!(
            error("to 5", "to 6"),
            Some(ProofError::Size {
                stated: 6,
                signed: 5
            })
        );
        assert_eq!(error("to 5\n", "to 5\nx\n"), Some(ProofError::Hash(4)));
    }
}
