//! The hashes of an RFC 6962 Merkle tree: leaves, inner nodes and the empty tree.

use std::fmt;
use std::str::FromStr;

use crate::message::{Explain, Message};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Bytes in a SHA-256 hash.
pub(crate) const HASH_BYTES: usize = 32;

/// A text that is not a hash; see [`Hash::from_str`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) struct InvalidHash(String);

explained!(InvalidHash);

impl Explain for InvalidHash {
    fn message(&self) -> Message {
        message!("error-hash", text = self.0)
    }
}

/// A SHA-256 hash of a leaf, a node or a whole tree.
///
/// Its one text is standard base64 with padding (RFC 4648 section 4), 44 characters, as checkpoints and proofs write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Hash([u8; HASH_BYTES]);

impl Hash {
    /// A hash from its bytes as they are.
    pub(crate) const fn new(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, as tiles store them.
    pub(crate) const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }

    #[cfg(test)]
    /// Lower-case hexadecimal, 64 characters, for comparison with other tools.
    pub(crate) fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = InvalidHash;

    /// Reads exactly what `Display` writes: no blanks, no other alphabet, no missing padding.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidHash(text.chars().take(60).collect());
        let bytes = STANDARD.decode(text).map_err(|_| invalid())?;
        Ok(Self(bytes.try_into().map_err(|_| invalid())?))
    }
}

/// The hash of a leaf: SHA-256(0x00 ‖ entry), RFC 6962 section 2.1.
pub(crate) fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0])
            .chain_update(entry)
            .finalize()
            .into(),
    )
}

/// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1.
pub(crate) fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// The root of a tree without leaves: SHA-256 of nothing, RFC 6962 section 2.1.
pub(crate) fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY_LEAF: &str = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";

    #[test]
    fn published_values() {
        assert_eq!(
            empty_root().hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(leaf_hash(b"").hex(), EMPTY_LEAF);
        let two = node_hash(&leaf_hash(b""), &leaf_hash(&[0]));
        assert_eq!(
            two.hex(),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
        );
    }

    #[test]
    fn text_round_trip() {
        let hash = leaf_hash(b"entry");
        assert_eq!(hash.to_string().len(), 44);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(format!("{hash:?}"), format!("Hash({hash})"));
    }

    #[test]
    fn other_texts_are_refused() {
        let good = leaf_hash(b"entry").to_string();
        let unpadded = good.trim_end_matches('=');
        let url_safe = "_".repeat(43) + "=";
        let trailing_bits = "A".repeat(42) + "B=";
        for text in [
            "",
            "AAAA",
            unpadded,
            &format!(" {good}"),
            &format!("{good}\n"),
            &url_safe,
            &trailing_bits,
        ] {
            assert!(text.parse::<Hash>().is_err(), "{text:?}");
        }
    }
}
