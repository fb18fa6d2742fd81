//! The `.tlog-proof` file: one entry's place in a signed journal, checkable offline (c2sp.org/tlog-proof).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::checkpoint::{CheckpointError, SignedCheckpoint, Signer, parse_decimal};
use super::hash::{Hash, leaf_hash};
use super::note::MAX_NOTE_BYTES;
use super::policy::Required;
use super::verify::{VerifyError, verify_inclusion};
use crate::message::{Explain, Message};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// No tree below 2^63 entries needs more: 63 for an entry, 64 between two sizes.
const MAX_HASHES: usize = 64;

/// Why a proof was refused, of an entry or of consistency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ProofError {
    TooLong,
    NotUtf8,
    Header(&'static str),
    NoCheckpoint,
    Field(&'static str),
    Hash(usize),
    TooManyHashes,
    Size { stated: u64, signed: u64 },
    OldSize { stated: u64, known: u64 },
    Origin { old: String, new: String },
    Checkpoint(#[from] CheckpointError),
    Verify(#[from] VerifyError),
}

explained!(ProofError);

impl Explain for ProofError {
    fn message(&self) -> Message {
        match self {
            Self::TooLong => message!("error-proof-too-long", most = 2 * MAX_NOTE_BYTES),
            Self::NotUtf8 => message!("why-not-utf-8"),
            Self::Header(line) => message!("error-proof-header", line),
            Self::NoCheckpoint => message!("error-proof-no-checkpoint"),
            Self::Field(name) => message!("error-proof-field", name),
            Self::Hash(line) => message!("error-proof-hash", line),
            Self::TooManyHashes => message!("error-proof-too-many-hashes", most = MAX_HASHES),
            Self::Size { stated, signed } => message!("error-proof-size", stated, signed),
            Self::OldSize { stated, known } => message!("error-proof-old-size", stated, known),
            Self::Origin { old, new } => message!("error-proof-origin", old, new),
            Self::Checkpoint(error) => error.message(),
            Self::Verify(error) => error.message(),
        }
    }
}

/// Proof that an entry stands at a place of a journal of which a signed checkpoint is included.
///
/// The file: the line `c2sp.org/tlog-proof@v1`; optionally `extra <base64>`; `index <place>`, counted from 0; the hashes
/// of RFC 6962 section 2.1.1 in base64, one a line, from the leaf's sibling up to the root's child; an empty line; the
/// signed checkpoint as it is. What is written is byte for byte what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InclusionProof {
    /// Anything the writer added; not signed, so not to be trusted. Empty when there is none.
    pub(crate) extra: Vec<u8>,
    pub(crate) index: u64,
    pub(crate) hashes: Vec<Hash>,
    pub(crate) checkpoint: SignedCheckpoint,
}

impl InclusionProof {
    /// Reads a proof, strictly. Verifies nothing.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, ProofError> {
        let (mut lines, checkpoint) = split(bytes, HEADER)?;
        let mut extra = Vec::new();
        if let Some(base64) = lines.field_if_present("extra ") {
            extra = STANDARD
                .decode(base64)
                .map_err(|_| ProofError::Field("extra"))?;
            if extra.is_empty() {
                return Err(ProofError::Field("extra"));
            }
        }
        let index = lines.number("index ", "index")?;
        Ok(Self {
            extra,
            index,
            hashes: lines.hashes()?,
            checkpoint: SignedCheckpoint::parse(checkpoint)?,
        })
    }

    /// Checks that `entry`, the bytes that the journal hashed, is where the proof says, and returns who signed.
    ///
    /// The steps of c2sp.org/tlog-proof, "Verifying a tlog proof": the signatures, as
    /// [`Required::verify`] does, then the path from the entry to the signed root.
    pub(crate) fn verify(
        &self,
        entry: &[u8],
        required: &Required,
    ) -> Result<Vec<Signer>, ProofError> {
        let signers = required.verify(&self.checkpoint)?;
        let head = self.checkpoint.checkpoint();
        verify_inclusion(
            &leaf_hash(entry),
            self.index,
            head.size(),
            &self.hashes,
            &head.root(),
        )?;
        Ok(signers)
    }
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if !self.extra.is_empty() {
            writeln!(f, "extra {}", STANDARD.encode(&self.extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// The lines of a proof between its header and the empty line, and which line comes next.
pub(super) struct Lines<'a> {
    lines: std::iter::Peekable<std::str::Split<'a, char>>,
    next: usize,
}

/// Checks length, encoding and header, and splits what is above the first empty line from the checkpoint below.
pub(super) fn split<'a>(
    bytes: &'a [u8],
    header: &'static str,
) -> Result<(Lines<'a>, &'a [u8]), ProofError> {
    if bytes.len() > 2 * MAX_NOTE_BYTES {
        return Err(ProofError::TooLong);
    }
    let text = str::from_utf8(bytes).map_err(|_| ProofError::NotUtf8)?;
    let rest = text
        .strip_prefix(header)
        .filter(|rest| rest.starts_with('\n'))
        .ok_or(ProofError::Header(header))?;
    let (head, checkpoint) = rest.split_once("\n\n").ok_or(ProofError::NoCheckpoint)?;
    let mut lines = Lines {
        lines: head.split('\n').peekable(),
        next: 1,
    };
    lines.advance(); // what is left of the header line: nothing
    Ok((lines, checkpoint.as_bytes()))
}

impl<'a> Lines<'a> {
    fn advance(&mut self) -> Option<&'a str> {
        self.next += 1;
        self.lines.next()
    }

    fn field_if_present(&mut self, prefix: &str) -> Option<&'a str> {
        let value = self.lines.peek()?.strip_prefix(prefix)?;
        self.advance();
        Some(value)
    }

    /// The decimal number on the next line, after `prefix`; `name` is what the error calls the line.
    pub(super) fn number(&mut self, prefix: &str, name: &'static str) -> Result<u64, ProofError> {
        self.field_if_present(prefix)
            .and_then(parse_decimal)
            .ok_or(ProofError::Field(name))
    }

    /// The remaining lines, each a hash.
    pub(super) fn hashes(mut self) -> Result<Vec<Hash>, ProofError> {
        let mut hashes = Vec::new();
        while let Some(line) = self.advance() {
            if hashes.len() == MAX_HASHES {
                return Err(ProofError::TooManyHashes);
            }
            hashes.push(line.parse().map_err(|_| ProofError::Hash(self.next - 1))?);
        }
        Ok(hashes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::{Kind, SigningKey, VerifierKey};
    use super::super::tests::{grow, signed_checkpoint};
    use super::super::tree::inclusion_proof;
    use super::*;

    fn proof() -> (InclusionProof, VerifierKey) {
        let log = SigningKey::generate("log.example", &[1; 32]).expect("a good name");
        let mut tiles = grow(300);
        let hashes = inclusion_proof(73, 300, &mut tiles).expect("whole tiles");
        let checkpoint = signed_checkpoint(300, &mut tiles, &log);
        (
            InclusionProof {
                extra: Vec::new(),
                index: 73,
                hashes,
                checkpoint,
            },
            log.verifier_key(Kind::Log),
        )
    }

    /// The entry whose hash is leaf 73 of the tests' tree.
    const ENTRY: [u8; 8] = 73_u64.to_be_bytes();

    fn parse(text: &str) -> Result<InclusionProof, ProofError> {
        InclusionProof::parse(text.as_bytes())
    }

    #[test]
    fn a_proof_round_trips_and_verifies() {
        let (mut proof, key) = proof();
        for extra in [&b""[..], b"\0anything"] {
            proof.extra = extra.to_vec();
            let read = parse(&proof.to_string()).expect("a good proof");
            assert_eq!(read, proof);
            let signer = Signer {
                key_id: key.id(),
                name: "log.example".to_owned(),
                time: None,
            };
            assert_eq!(
                read.verify(&ENTRY, &Required::of(std::slice::from_ref(&key))),
                Ok(vec![signer])
            );
        }
        assert!(
            proof
                .to_string()
                .starts_with("c2sp.org/tlog-proof@v1\nextra AGFueXRoaW5n\nindex 73\n")
        );
    }

    #[test]
    fn another_entry_place_or_journal_is_refused() {
        let (proof, key) = proof();
        let refused = Err(ProofError::Verify(VerifyError::Entry));
        assert_eq!(
            proof.verify(b"other", &Required::of(std::slice::from_ref(&key))),
            refused
        );
        let elsewhere = InclusionProof {
            index: 72,
            ..proof.clone()
        };
        assert_eq!(
            elsewhere.verify(&ENTRY, &Required::of(std::slice::from_ref(&key))),
            refused
        );
        let unsigned = CheckpointError::NotSigned("log.example".to_owned());
        assert_eq!(
            proof.verify(&ENTRY, &Required::default()),
            Err(unsigned.into())
        );
        let text = proof.to_string().replace("\n300\n", "\n301\n");
        let bad = CheckpointError::BadSignature("log.example".to_owned());
        assert_eq!(
            parse(&text)
                .expect("a good form")
                .verify(&ENTRY, &Required::of(&[key])),
            Err(bad.into())
        );
    }

    #[test]
    fn malformed_proofs_are_refused_with_the_reason() {
        let good = proof().0.to_string();
        let error = |from: &str, to: &str| parse(&good.replacen(from, to, 1)).err();
        assert_eq!(error("@v1", "@v2"), Some(ProofError::Header(HEADER)));
        assert_eq!(error("@v1", "@v10"), Some(ProofError::Header(HEADER)));
        for index in [
            "index 073",
            "index +73",
            "index  73",
            "index ",
            "index 73 ",
            "place 73",
            "extra AA==\nplace 73",
        ] {
            assert_eq!(
                error("index 73", index),
                Some(ProofError::Field("index")),
                "{index:?}"
            );
        }
        for extra in ["extra \n", "extra A\n", "extra AA\n", "extra AAB=\n"] {
            assert_eq!(
                error("index", &format!("{extra}index")),
                Some(ProofError::Field("extra")),
                "{extra:?}"
            );
        }
    }

    #[test]
    fn malformed_hashes_and_frames_are_refused_with_the_reason() {
        let good = proof().0.to_string();
        let error = |from: &str, to: &str| parse(&good.replacen(from, to, 1)).err();
        assert_eq!(
            error("index 73\n", "index 73\nAAAA\n"),
            Some(ProofError::Hash(3))
        );
        assert_eq!(
            error("index 73\n", "extra AA==\nindex 73\nAAAA\n"),
            Some(ProofError::Hash(4))
        );
        let many = format!("index 73\n{}", format!("{}\n", leaf_hash(b"")).repeat(64));
        assert_eq!(error("index 73\n", &many), Some(ProofError::TooManyHashes));
        assert_eq!(
            parse("c2sp.org/tlog-proof@v1\nindex 0\n"),
            Err(ProofError::NoCheckpoint)
        );
        assert_eq!(InclusionProof::parse(b"\xff"), Err(ProofError::NotUtf8));
        assert_eq!(
            InclusionProof::parse(&[b'a'; 2_000_001]),
            Err(ProofError::TooLong)
        );
        assert!(matches!(
            error("\n300\n", "\n0300\n"),
            Some(ProofError::Checkpoint(CheckpointError::Size))
        ));
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let (proof, key) = proof();
        let good = proof.to_string();
        for place in 0..good.len() {
            let mut bytes = good.clone().into_bytes();
            bytes[place] ^= 1;
            let verdict = InclusionProof::parse(&bytes)
                .and_then(|proof| proof.verify(&ENTRY, &Required::of(std::slice::from_ref(&key))));
            assert!(verdict.is_err(), "byte {place}");
        }
    }
}
