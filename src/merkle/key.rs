//! Names, ids and texts of the Ed25519 keys that sign notes (c2sp.org/signed-note, c2sp.org/tlog-cosignature).

use std::fmt;
use std::str::FromStr;

use crate::message::{Explain, Message};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// What a signing key's text begins with.
const PRIVATE: &str = "PRIVATE+KEY+";

/// Why a key was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyError {
    Name(String),
    PublicForm,
    PrivateForm,
    Kind(u8),
    Id,
    Unusable,
}

explained!(KeyError);

impl Explain for KeyError {
    fn message(&self) -> Message {
        match self {
            Self::Name(name) => message!("error-key-name", name),
            Self::PublicForm => message!("error-key-public-form"),
            Self::PrivateForm => message!("error-key-private-form"),
            Self::Kind(kind) => message!("error-key-kind", kind = format!("{kind:#04x}")),
            Self::Id => message!("error-key-id"),
            Self::Unusable => message!("error-key-unusable"),
        }
    }
}

/// What a signature says, the signature type byte of c2sp.org/signed-note, "Signature types".
///
/// The kind is part of the key id: one pair of keys under one name has two ids, and neither passes for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// 0x01: "this is my text", the log's own signature.
    Log = 0x01,
    /// 0x04: "at this time I saw this text and found it consistent with all before", a witness's cosignature.
    Witness = 0x04,
}

/// A name and the secret half of a pair of Ed25519 keys.
///
/// Kept in a file as one line in the format of Go's `sumdb/note`,
/// `PRIVATE+KEY+<name>+<id>+<base64(0x01 ‖ 32-byte seed)>`, `<id>` being that of the [`Kind::Log`] key. One file serves
/// both kinds: the line always says 0x01, and the kind is chosen where it signs (`Note::sign` or `Note::cosign`), as
/// Go's `NewSignerForCosignatureV1` does with the same file. [`Self::verifier_key`] names the kind that is meant. That
/// is safe because no text is valid for both: `Note` refuses plain signatures on what begins like a cosigned message.
///
/// The secret is wiped from memory when dropped, and `Debug` does not show it.
#[derive(Clone)]
pub(crate) struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// A key from 32 bytes of the operating system's randomness, which the caller draws. Fails on a bad name only.
    pub(crate) fn generate(name: &str, random: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            key: ed25519_dalek::SigningKey::from_bytes(random),
        })
    }

    /// The name that signatures carry; for a log, the origin of its checkpoints.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The public half, to be given to those who check signatures of this kind.
    pub(crate) fn verifier_key(&self, kind: Kind) -> VerifierKey {
        VerifierKey {
            name: self.name.clone(),
            kind,
            key: self.key.verifying_key(),
        }
    }

    /// The line to keep in a file that only its owner can read, without a newline. It is the secret itself.
    pub(crate) fn private_text(&self) -> String {
        let id = self.verifier_key(Kind::Log).id();
        format!(
            "{PRIVATE}{}+{id:08x}+{}",
            self.name,
            encode(Kind::Log, self.key.as_bytes())
        )
    }

    pub(super) fn sign_bytes(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl FromStr for SigningKey {
    type Err = KeyError;

    /// Reads what [`Self::private_text`] writes, with or without newlines after it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_end_matches(['\r', '\n']);
        let parts = text.strip_prefix(PRIVATE).ok_or(KeyError::PrivateForm)?;
        let (name, id, kind, seed) = decode(parts).ok_or(KeyError::PrivateForm)?;
        let key = Self::generate(name, &seed)?;
        if kind != Kind::Log as u8 {
            return Err(KeyError::Kind(kind));
        }
        if id == format!("{:08x}", key.verifier_key(Kind::Log).id()) {
            Ok(key)
        } else {
            Err(KeyError::Id)
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A name, a kind and a public key: all that is needed to check signatures.
///
/// Its text is the "vkey" of c2sp.org/signed-note, `<name>+<id>+<base64(kind byte ‖ 32-byte public key)>`, the id as
/// eight lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerifierKey {
    name: String,
    kind: Kind,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The name that its signatures carry.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What its signatures say.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// SHA-256(name ‖ 0x0A ‖ kind byte ‖ public key), the first four bytes, big-endian (signed-note, "Signatures").
    pub(crate) fn id(&self) -> u32 {
        let hash = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', self.kind as u8])
            .chain_update(self.key.as_bytes())
            .finalize();
        hash.first_chunk()
            .copied()
            .map(u32::from_be_bytes)
            .unwrap_or_default()
    }

    /// Whether the other key is the public half of the same pair, under whatever name and of whatever kind.
    pub(super) fn same_pair(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// Strict Ed25519: keys and signatures that could be valid for several messages are refused.
    pub(super) fn verify_bytes(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key
            .verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}+{:08x}+{}",
            self.name,
            self.id(),
            encode(self.kind, self.key.as_bytes())
        )
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    /// Reads what `Display` writes, with or without newlines after it, and checks that key and id belong together.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_end_matches(['\r', '\n']);
        let (name, id, kind, public) = decode(text).ok_or(KeyError::PublicForm)?;
        check_name(name)?;
        let kind = match kind {
            0x01 => Kind::Log,
            0x04 => Kind::Witness,
            other => return Err(KeyError::Kind(other)),
        };
        let key = VerifyingKey::from_bytes(&public).map_err(|_| KeyError::Unusable)?;
        if key.is_weak() {
            return Err(KeyError::Unusable);
        }
        let key = Self {
            name: name.to_owned(),
            kind,
            key,
        };
        if id == format!("{:08x}", key.id()) {
            Ok(key)
        } else {
            Err(KeyError::Id)
        }
    }
}

/// The rule for key names: not empty, no Unicode spaces, no plus signs (signed-note, "Format"), no control characters.
pub(super) fn check_name(name: &str) -> Result<(), KeyError> {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(forbidden) {
        return Err(KeyError::Name(name.chars().take(60).collect()));
    }
    Ok(())
}

fn encode(kind: Kind, key: &[u8; 32]) -> String {
    STANDARD.encode([&[kind as u8][..], key].concat())
}

/// Splits `name+id+base64(kind byte ‖ 32 bytes)`; the base64 may itself contain plus signs.
fn decode(text: &str) -> Option<(&str, &str, u8, [u8; 32])> {
    let (name, rest) = text.split_once('+')?;
    let (id, key) = rest.split_once('+')?;
    let bytes = STANDARD.decode(key).ok()?;
    let (kind, key) = bytes.split_first()?;
    Some((name, id, *kind, key.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Go, golang.org/x/mod/sumdb/note, package documentation.
    const GO_PRIVATE: &str =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const GO_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    /// transparency-dev/formats, note_cosigv1_test.go.
    const PUBLISHED: [&str; 3] = [
        GO_PUBLIC,
        "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    ];

    #[test]
    fn published_keys_round_trip() {
        for text in PUBLISHED {
            let key: VerifierKey = text.parse().expect("a good key");
            assert_eq!(key.to_string(), text);
            assert_eq!(key.kind() == Kind::Witness, key.name() == "remora.n621.de");
        }
    }

    #[test]
    fn a_key_file_round_trips_and_serves_both_kinds() {
        let key: SigningKey = format!("{GO_PRIVATE}\n").parse().expect("a good key");
        assert_eq!(key.private_text(), GO_PRIVATE);
        assert_eq!(key.verifier_key(Kind::Log).to_string(), GO_PUBLIC);
        let witness = key.verifier_key(Kind::Witness);
        assert_eq!(witness.to_string().parse(), Ok(witness.clone()));
        assert_ne!(witness.id(), key.verifier_key(Kind::Log).id());
        let own = SigningKey::generate("registry.example/tpmc", &[7; 32]).expect("a good name");
        let again: SigningKey = own.private_text().parse().expect("a good key");
        assert_eq!(again.verifier_key(Kind::Log), own.verifier_key(Kind::Log));
    }

    #[test]
    fn the_secret_is_not_shown() {
        let key = SigningKey::generate("a", &[7; 32]).expect("a good name");
        assert_eq!(format!("{key:?}"), "SigningKey { name: \"a\", .. }");
    }

    #[test]
    fn every_altered_character_is_refused() {
        for text in [GO_PUBLIC, GO_PRIVATE] {
            for place in 0..text.len() {
                let mut bytes = text.as_bytes().to_vec();
                bytes[place] ^= 1;
                let altered = String::from_utf8(bytes).expect("still ASCII");
                assert!(altered.parse::<VerifierKey>().is_err(), "{altered}");
                assert!(altered.parse::<SigningKey>().is_err(), "{altered}");
                assert!(text[..place].parse::<VerifierKey>().is_err());
            }
        }
    }

    #[test]
    fn the_reason_is_named() {
        let private = |text: &str| text.parse::<SigningKey>().err();
        let public = |text: &str| text.parse::<VerifierKey>().err();
        assert_eq!(private(GO_PUBLIC), Some(KeyError::PrivateForm));
        assert_eq!(
            private(&GO_PRIVATE.replace("Peter", "Petra")),
            Some(KeyError::Id)
        );
        assert_eq!(
            private(&GO_PRIVATE.replace("AYEK", "BIEK")),
            Some(KeyError::Kind(4))
        );
        assert_eq!(public("a+b"), Some(KeyError::PublicForm));
        assert_eq!(public("a+00000000+AQ=="), Some(KeyError::PublicForm));
        assert_eq!(
            public(&GO_PUBLIC.replace("c74f20a3", "C74F20A3")),
            Some(KeyError::Id)
        );
        assert_eq!(
            public(&GO_PUBLIC.replace("ARpc", "BRpc")),
            Some(KeyError::Kind(5))
        );
        assert_eq!(
            public(&format!("a+00000000+AQEA{}", "A".repeat(40))),
            Some(KeyError::Unusable)
        );
        for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\u{7f}b"] {
            let refused = SigningKey::generate(name, &[7; 32]).err();
            assert_eq!(refused, Some(KeyError::Name(name.to_owned())));
        }
    }
}
