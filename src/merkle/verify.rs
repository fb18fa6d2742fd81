//! Checks Merkle proofs with nothing but the hashes: what an auditor runs, by the algorithms of RFC 9162.

use super::hash::{Hash, empty_root, node_hash};
use crate::message::{Explain, Message};

/// Why a proof was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum VerifyError {
    NoEntry { index: u64, size: u64 },
    Shrunk { old: u64, new: u64 },
    Length,
    Entry,
    Prefix,
}

explained!(VerifyError);

impl Explain for VerifyError {
    fn message(&self) -> Message {
        match self {
            Self::NoEntry { index, size } => message!("error-no-entry", index, size),
            Self::Shrunk { old, new } => message!("error-shrunk", old, new),
            Self::Length => message!("error-proof-length"),
            Self::Entry => message!("error-proof-entry"),
            Self::Prefix => message!("error-proof-prefix"),
        }
    }
}

/// Checks that the leaf of hash `leaf` is entry `index` of the tree of `size` leaves and root `root`.
///
/// RFC 9162 section 2.1.3.2; the proof runs from the leaf's sibling up to the root's child.
pub(crate) fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), VerifyError> {
    if index >= size {
        return Err(VerifyError::NoEntry { index, size });
    }
    let mut walk = Walk {
        node: index,
        last: size - 1,
    };
    let mut hash = *leaf;
    for sibling in proof {
        hash = match walk.up()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    if walk.last != 0 {
        return Err(VerifyError::Length);
    }
    if hash == *root {
        Ok(())
    } else {
        Err(VerifyError::Entry)
    }
}

/// Checks that the tree of `old_size` leaves and root `old_root` is a prefix of the one of `new_size` and `new_root`.
///
/// RFC 9162 section 2.1.4.2. Two cases that it leaves out: equal sizes need equal roots and an empty proof; an empty
/// old tree needs the empty root and an empty proof, and then any new tree is consistent with it.
pub(crate) fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), VerifyError> {
    if old_size > new_size {
        return Err(VerifyError::Shrunk {
            old: old_size,
            new: new_size,
        });
    }
    if old_size == 0 || old_size == new_size {
        return without_proof(old_size, old_root, new_size, new_root, proof);
    }
    let whole = old_size.is_power_of_two().then_some(old_root);
    let mut hashes = whole.into_iter().chain(proof);
    let Some(first) = hashes.next().filter(|_| !proof.is_empty()) else {
        return Err(VerifyError::Length);
    };
    let shift = (old_size - 1).trailing_ones();
    let mut walk = Walk {
        node: (old_size - 1) >> shift,
        last: (new_size - 1) >> shift,
    };
    let (old, new) = climb(&mut walk, first, hashes)?;
    // Not told apart: a power of two of old entries starts both hashes from the claimed old root.
    if old == *old_root && new == *new_root {
        Ok(())
    } else {
        Err(VerifyError::Prefix)
    }
}

/// The hashes that the proof leads to: over the old tree, and over the new one.
fn climb<'a>(
    walk: &mut Walk,
    first: &Hash,
    rest: impl Iterator<Item = &'a Hash>,
) -> Result<(Hash, Hash), VerifyError> {
    let (mut old, mut new) = (*first, *first);
    for sibling in rest {
        match walk.up()? {
            Side::Left => {
                old = node_hash(sibling, &old);
                new = node_hash(sibling, &new);
            }
            Side::Right => new = node_hash(&new, sibling),
        }
    }
    if walk.last == 0 {
        Ok((old, new))
    } else {
        Err(VerifyError::Length)
    }
}

/// The sizes that need no proof, and so must not have one.
fn without_proof(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), VerifyError> {
    if !proof.is_empty() {
        return Err(VerifyError::Length);
    }
    if old_size == 0 && *old_root != empty_root() {
        return Err(VerifyError::Prefix);
    }
    if old_size == new_size && old_root != new_root {
        return Err(VerifyError::Prefix);
    }
    Ok(())
}

/// On which side of the path the next hash of a proof stands.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root: `fn` and `sn` of RFC 9162.
struct Walk {
    node: u64,
    last: u64,
}

impl Walk {
    /// Goes up past the next sibling; a proof that goes on above the root is too long.
    fn up(&mut self) -> Result<Side, VerifyError> {
        if self.last == 0 {
            return Err(VerifyError::Length);
        }
        let side = if self.node % 2 == 1 || self.node == self.last {
            while self.node.is_multiple_of(2) && self.node != 0 {
                self.node >>= 1;
                self.last >>= 1;
            }
            Side::Left
        } else {
            Side::Right
        };
        self.node >>= 1;
        self.last >>= 1;
        Ok(side)
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::leaf_hash;
    use super::super::tests::{leaf, reference_root};
    use super::*;

    #[test]
    fn a_tree_of_one_leaf_needs_no_proof() {
        let only = leaf(0);
        assert_eq!(verify_inclusion(&only, 0, 1, &[], &only), Ok(()));
        assert_eq!(
            verify_inclusion(&leaf(1), 0, 1, &[], &only),
            Err(VerifyError::Entry)
        );
        assert_eq!(
            verify_inclusion(&only, 0, 1, &[only], &only),
            Err(VerifyError::Length)
        );
    }

    #[test]
    fn entries_outside_the_tree_are_refused() {
        let only = leaf(0);
        for (index, size) in [(0, 0), (1, 1), (u64::MAX, u64::MAX)] {
            assert_eq!(
                verify_inclusion(&only, index, size, &[], &only),
                Err(VerifyError::NoEntry { index, size })
            );
        }
        assert_eq!(
            verify_inclusion(&only, 0, u64::MAX, &[], &only),
            Err(VerifyError::Length)
        );
    }

    #[test]
    fn published_consistency_of_2_and_5() {
        let leaves: Vec<Hash> = [&b""[..], &[0], &[0x10], &[0x20, 0x21], &[0x30, 0x31]]
            .map(leaf_hash)
            .to_vec();
        let proof = [reference_root(&leaves[2..4]), leaves[4]];
        assert_eq!(
            proof[0].hex(),
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        );
        assert_eq!(
            proof[1].hex(),
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        );
        let (old, new) = (reference_root(&leaves[..2]), reference_root(&leaves));
        assert_eq!(verify_consistency(2, &old, 5, &new, &proof), Ok(()));
        assert_eq!(
            verify_consistency(2, &new, 5, &new, &proof),
            Err(VerifyError::Prefix)
        );
        assert_eq!(
            verify_consistency(2, &old, 5, &old, &proof),
            Err(VerifyError::Prefix)
        );
    }

    #[test]
    fn sizes_without_a_proof() {
        let (one, two) = (leaf(0), leaf(1));
        let empty = empty_root();
        assert_eq!(verify_consistency(0, &empty, 0, &empty, &[]), Ok(()));
        assert_eq!(verify_consistency(0, &empty, 5, &one, &[]), Ok(()));
        assert_eq!(
            verify_consistency(0, &one, 5, &one, &[]),
            Err(VerifyError::Prefix)
        );
        assert_eq!(
            verify_consistency(0, &empty, 0, &one, &[]),
            Err(VerifyError::Prefix)
        );
        assert_eq!(
            verify_consistency(0, &empty, 5, &one, &[one]),
            Err(VerifyError::Length)
        );
        assert_eq!(verify_consistency(5, &one, 5, &one, &[]), Ok(()));
        assert_eq!(
            verify_consistency(5, &one, 5, &two, &[]),
            Err(VerifyError::Prefix)
        );
        assert_eq!(
            verify_consistency(6, &one, 5, &two, &[]),
            Err(VerifyError::Shrunk { old: 6, new: 5 })
        );
        assert_eq!(
            verify_consistency(4, &one, 5, &two, &[]),
            Err(VerifyError::Length)
        );
        assert_eq!(
            verify_consistency(u64::MAX - 1, &one, u64::MAX, &two, &[two]),
            Err(VerifyError::Length)
        );
    }
}
