//! C2SP checkpoints: the signed statement that a journal has so many entries and this root hash.

use std::fmt;
use std::str::FromStr;

use super::hash::Hash;
use super::key::{SigningKey, VerifierKey};
use super::note::{Note, NoteError};
use super::sign::Verification;
use crate::message::{Explain, Message};

/// Why a checkpoint was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CheckpointError {
    Lines,
    Size,
    Root,
    NotTheLog { origin: String, key: String },
    BadSignature(String),
    NotSigned(String),
    Missing(String),
    Quorum(String),
    Note(#[from] NoteError),
}

explained!(CheckpointError);

impl Explain for CheckpointError {
    fn message(&self) -> Message {
        match self {
            Self::Lines => message!("error-checkpoint-lines"),
            Self::Size => message!("error-checkpoint-size"),
            Self::Root => message!("error-checkpoint-root"),
            Self::NotTheLog { origin, key } => message!("error-checkpoint-key", origin, key),
            Self::BadSignature(name) => message!("error-checkpoint-bad-signature", name),
            Self::NotSigned(name) => message!("error-checkpoint-not-signed", name),
            Self::Missing(names) => message!("error-checkpoint-missing", names),
            Self::Quorum(names) => message!("error-checkpoint-quorum", names),
            Self::Note(error) => error.message(),
        }
    }
}

/// The text of a checkpoint, c2sp.org/tlog-checkpoint, "Note text".
///
/// Line 1 is the origin, a name for the log; line 2 the number of entries in decimal without leading zeros; line 3 the
/// RFC 6962 root in base64. Lines that others added after those are kept as they are; ours has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// States the size and root of a log. The origin is not empty and is one line.
    pub(crate) fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if origin.is_empty() || origin.contains(char::is_control) {
            return Err(CheckpointError::Lines);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// The name of the log, which its key shares.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of entries.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The root hash over all entries.
    pub(crate) fn root(&self) -> Hash {
        self.root
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)?;
        self.extensions
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// Reads the text of a checkpoint (without signatures), strictly.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut lines = text
            .strip_suffix('\n')
            .ok_or(CheckpointError::Lines)?
            .split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Lines);
        };
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(CheckpointError::Lines);
        }
        let size = parse_decimal(size).ok_or(CheckpointError::Size)?;
        let root = root.parse().map_err(|_| CheckpointError::Root)?;
        Ok(Self {
            extensions,
            ..Self::new(origin, size, root)?
        })
    }
}

/// Someone whose signature on a checkpoint was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signer {
    pub(crate) name: String,
    /// The id of the key, which tells keys of one name apart.
    pub(crate) key_id: u32,
    /// When a witness signed, in seconds since 1970 UTC; a log's own signature has no time.
    pub(crate) time: Option<u64>,
}

/// A checkpoint together with the note that carries its signatures, which may or may not be good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Signs as the log, whose key must bear the origin's name. A log never signs two checkpoints that contradict each
    /// other: the caller has made sure that every earlier one is a prefix.
    pub(crate) fn sign(checkpoint: Checkpoint, key: &SigningKey) -> Result<Self, CheckpointError> {
        if key.name() != checkpoint.origin {
            return Err(CheckpointError::NotTheLog {
                origin: checkpoint.origin,
                key: key.name().to_owned(),
            });
        }
        let mut note = Note::new(checkpoint.to_string())?;
        note.sign(key)?;
        Ok(Self { checkpoint, note })
    }

    /// Reads a signed note whose text is a checkpoint. Verifies nothing.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, CheckpointError> {
        let note = Note::parse(bytes)?;
        Ok(Self {
            checkpoint: note.text().parse()?,
            note,
        })
    }

    /// Adds a witness's cosignature; see [`Note::cosign`] for what it states.
    pub(crate) fn cosign(&mut self, key: &SigningKey, time: u64) -> Result<(), CheckpointError> {
        Ok(self.note.cosign(key, time)?)
    }

    /// What the note says, to be trusted only after [`Self::verify`].
    pub(crate) fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note, with all signatures.
    pub(crate) fn note(&self) -> &Note {
        &self.note
    }

    /// Checks the signatures by `keys`, all of which must have signed, and returns who signed, in the order of `keys`.
    ///
    /// Refused when a signature by any of the keys is bad or missing, and when no key that bears the origin's name, of either
    /// kind, signed: a witness alone does not speak for the log. The caller's choice of keys also decides which origins are
    /// acceptable (c2sp.org/tlog-proof, "Verifying").
    pub(crate) fn verify(&self, keys: &[VerifierKey]) -> Result<Vec<Signer>, CheckpointError> {
        self.verify_beyond(Vec::new(), keys)
    }

    /// The same when signatures by `signers` were checked before.
    pub(super) fn verify_beyond(
        &self,
        mut signers: Vec<Signer>,
        keys: &[VerifierKey],
    ) -> Result<Vec<Signer>, CheckpointError> {
        let mut missing = Vec::new();
        for key in keys {
            match self.signer(key)? {
                Some(signer) if signers.contains(&signer) => {}
                Some(signer) => signers.push(signer),
                None => missing.push(format!("{} (key {:08x})", key.name(), key.id())),
            }
        }
        let origin = &self.checkpoint.origin;
        if !signers.iter().any(|signer| signer.name == *origin) {
            return Err(CheckpointError::NotSigned(origin.clone()));
        }
        if missing.is_empty() {
            Ok(signers)
        } else {
            Err(CheckpointError::Missing(missing.join(", ")))
        }
    }

    /// The signature by `key`, when there is one. A bad one is an error.
    pub(super) fn signer(&self, key: &VerifierKey) -> Result<Option<Signer>, CheckpointError> {
        match self.note.verify(key) {
            Verification::Good { time } => Ok(Some(Signer {
                name: key.name().to_owned(),
                key_id: key.id(),
                time,
            })),
            Verification::NotSigned => Ok(None),
            Verification::Bad => Err(CheckpointError::BadSignature(key.name().to_owned())),
        }
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}

/// A decimal number without sign, blanks or leading zeros that fits 64 bits.
pub(super) fn parse_decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if digits && !leading_zero {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::leaf_hash;
    use super::super::key::Kind;
    use super::*;

    /// Frozen: made here, and accepted by the independent `check_note.py` and, for the witness, by another Ed25519.
    const LOG: &str = "registry.example/tpmc+5fc339bc+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
    const WITNESS: &str =
        "witness.example/secretariat+5c68b100+BBOY9ixtGkV8UbpqS189vS9p/KkyFiGNyJl+QWvRfZPK";
    const GOLDEN: &str = "\
registry.example/tpmc
2
+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=

— registry.example/tpmc X8M5vK6I0gJcBFvLkFBTE7cmPMvhJiasQFt6KBM1Oo9qT9Zj7+2Y5xPCmefyml6nc8jJxpaUDgLfMmS9VqpxxZuq3w0=
— witness.example/secretariat XGixAAAAAABqsTuAgHDTXkoQE9ismt6Oc/9cEc79nIQsIHkspKg3xKDK0Ho2YJ4LrjKJbDIcjr9T405ygAPSM3g0h1SfYGrmBq4WDw==
";

    fn verifier(text: &str) -> VerifierKey {
        text.parse().expect("a good key")
    }

    fn parse(text: &str) -> Result<SignedCheckpoint, CheckpointError> {
        SignedCheckpoint::parse(text.as_bytes())
    }

    #[test]
    fn the_frozen_checkpoint_is_made_again() {
        let log = SigningKey::generate("registry.example/tpmc", &[7; 32]).expect("a good name");
        let witness =
            SigningKey::generate("witness.example/secretariat", &[8; 32]).expect("a good name");
        let root = "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="
            .parse()
            .expect("a hash");
        let checkpoint = Checkpoint::new(log.name(), 2, root).expect("a good origin");
        let mut signed = SignedCheckpoint::sign(checkpoint, &log).expect("its log");
        signed.cosign(&witness, 1_790_000_000).expect("room");
        assert_eq!(signed.to_string(), GOLDEN);
        assert_eq!(parse(GOLDEN), Ok(signed));
        assert_eq!(log.verifier_key(Kind::Log).to_string(), LOG);
        assert_eq!(witness.verifier_key(Kind::Witness).to_string(), WITNESS);
    }

    #[test]
    fn the_log_must_have_signed_and_nobody_badly() {
        let signed = parse(GOLDEN).expect("a good checkpoint");
        let (log, witness) = (verifier(LOG), verifier(WITNESS));
        let names = |keys: &[VerifierKey]| signed.verify(keys).map(|signers| signers.len());
        assert_eq!(names(std::slice::from_ref(&log)), Ok(1));
        assert_eq!(names(&[witness.clone(), log.clone()]), Ok(2));
        let unsigned = CheckpointError::NotSigned("registry.example/tpmc".to_owned());
        assert_eq!(names(&[]), Err(unsigned.clone()));
        assert_eq!(names(std::slice::from_ref(&witness)), Err(unsigned));
        let altered = parse(&GOLDEN.replace("\n2\n", "\n3\n")).expect("a good form");
        let bad = CheckpointError::BadSignature("registry.example/tpmc".to_owned());
        assert_eq!(altered.verify(&[log, witness]), Err(bad));
    }

    #[test]
    fn a_wrong_cosignature_spoils_the_checkpoint() {
        let altered =
            parse(&GOLDEN.replace("XGixAAAAAABqsTuA", "XGixAAAAAABqsTuB")).expect("a good form");
        let bad = CheckpointError::BadSignature("witness.example/secretariat".to_owned());
        assert_eq!(
            altered.verify(&[verifier(LOG), verifier(WITNESS)]),
            Err(bad)
        );
        assert!(
            altered.verify(&[verifier(LOG)]).is_ok(),
            "unknown keys are ignored"
        );
    }

    #[test]
    fn only_the_log_signs() {
        let key = SigningKey::generate("other", &[7; 32]).expect("a good name");
        let checkpoint = Checkpoint::new("log", 1, leaf_hash(b"")).expect("a good origin");
        let refused = CheckpointError::NotTheLog {
            origin: "log".to_owned(),
            key: "other".to_owned(),
        };
        assert_eq!(SignedCheckpoint::sign(checkpoint, &key), Err(refused));
    }

    #[test]
    fn texts_round_trip_with_unknown_lines() {
        let root = leaf_hash(b"");
        for text in [
            format!("a b+c\n0\n{root}\n"),
            format!("log\n{}\n{root}\nx\n y \n", u64::MAX),
        ] {
            let checkpoint: Checkpoint = text.parse().expect("a good checkpoint");
            assert_eq!(checkpoint.to_string(), text);
        }
    }

    #[test]
    fn malformed_texts_are_refused_with_the_reason() {
        let root = leaf_hash(b"");
        let error = |text: String| text.parse::<Checkpoint>().err();
        for text in [
            "".to_owned(),
            "log\n1\n".to_owned(),
            format!("log\n1\n{root}"),
            format!("\n1\n{root}\n"),
        ] {
            assert_eq!(error(text), Some(CheckpointError::Lines));
        }
        for text in [
            format!("log\n1\n{root}\n\n"),
            format!("log\n1\n{root}\nx\n\ny\n"),
            format!("l\rg\n1\n{root}\n"),
        ] {
            assert_eq!(error(text), Some(CheckpointError::Lines));
        }
    }

    #[test]
    fn malformed_lines_are_refused_by_name() {
        let root = leaf_hash(b"");
        let error = |text: String| text.parse::<Checkpoint>().err();
        for size in [
            "",
            "01",
            "00",
            "+1",
            "-1",
            " 1",
            "1 ",
            "0x1",
            "1.0",
            "١",
            "18446744073709551616",
        ] {
            assert_eq!(
                error(format!("log\n{size}\n{root}\n")),
                Some(CheckpointError::Size),
                "{size:?}"
            );
        }
        for root in ["", "AAAA", "x"] {
            assert_eq!(
                error(format!("log\n1\n{root}\n")),
                Some(CheckpointError::Root)
            );
        }
        for origin in ["", "a\nb", "a\tb"] {
            assert_eq!(
                Checkpoint::new(origin, 1, leaf_hash(b"")),
                Err(CheckpointError::Lines)
            );
        }
        assert_eq!(
            parse("x"),
            Err(CheckpointError::Note(NoteError::Unterminated))
        );
    }
}
