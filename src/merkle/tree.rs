//! Reads a Merkle tree kept in C2SP tiles: roots and proofs for the present or any earlier size.
//!
//! Layout (c2sp.org/tlog-tiles, "Merkle Tree"): tile `number` of `level` holds up to 256 consecutive hashes of 32 bytes.
//! Level 0 holds leaf hashes; an entry of level L is the root of a full subtree of 256^L leaves. A tile with fewer than
//! 256 hashes is partial; it is replaced as it grows, and since it only grows at its end, it answers for older sizes too.

use std::collections::BTreeMap;

use super::hash::{HASH_BYTES, Hash, empty_root, node_hash};
pub(crate) use super::tree_error::TreeError;

/// Hashes in a full tile.
pub(crate) const TILE_WIDTH: usize = 256;
/// Bytes in a full tile.
pub(crate) const TILE_BYTES: usize = TILE_WIDTH * HASH_BYTES;
/// Binary levels of the tree that one tile level spans: 256 = 2^8.
pub(super) const TILE_HEIGHT: u32 = 8;

/// Where tiles are read from: for SQL, a `SELECT hashes FROM tile WHERE level = ? AND number = ?`.
pub(crate) trait Tiles {
    /// What reading or writing can fail with.
    type Error;

    /// The stored hashes of a tile, 1 to 256 of 32 bytes each, or `None` when it was never stored.
    fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Self::Error>;
}

/// The root of the first `size` leaves, RFC 6962 section 2.1. Fails when the tiles do not reach that far.
pub(crate) fn root<T: Tiles>(size: u64, tiles: &mut T) -> Result<Hash, TreeError<T::Error>> {
    if size == 0 {
        return Ok(empty_root());
    }
    Reader::new(tiles).range(0, size)
}

/// The audit path of leaf `index` in the tree of the first `size` leaves, RFC 6962 section 2.1.1.
///
/// From the leaf's sibling up to the root's child, as `.tlog-proof` files list it; empty for a tree of one leaf. Every
/// tile is read at most once, at most two per tile level: five for a million leaves.
pub(crate) fn inclusion_proof<T: Tiles>(
    index: u64,
    size: u64,
    tiles: &mut T,
) -> Result<Vec<Hash>, TreeError<T::Error>> {
    if index >= size {
        return Err(TreeError::NoEntry { index, size });
    }
    let mut reader = Reader::new(tiles);
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(reader.range(middle, end)?);
            end = middle;
        } else {
            proof.push(reader.range(start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the first `old` leaves are a prefix of the first `new`, RFC 6962 section 2.1.2.
///
/// Empty when the sizes are equal, and for `old == 0`, which the RFC leaves out: everything extends an empty journal.
pub(crate) fn consistency_proof<T: Tiles>(
    old: u64,
    new: u64,
    tiles: &mut T,
) -> Result<Vec<Hash>, TreeError<T::Error>> {
    if old > new {
        return Err(TreeError::Shrunk { old, new });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(tiles);
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, new);
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(reader.range(middle, end)?);
            end = middle;
        } else {
            proof.push(reader.range(start, middle)?);
            start = middle;
        }
    }
    if start > 0 {
        proof.push(reader.range(start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The largest power of two below `width`, where RFC 6962 section 2.1 divides a tree; `width` is at least 2.
pub(super) const fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The root over a power of two of hashes; the empty root over none.
pub(super) fn perfect_root(hashes: &[[u8; HASH_BYTES]]) -> Hash {
    let mut layer: Vec<Hash> = hashes.iter().copied().map(Hash::new).collect();
    while layer.len() > 1 {
        layer = layer
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[left, right]| node_hash(left, right))
            .collect();
    }
    layer.first().copied().unwrap_or_else(empty_root)
}

/// Reads a tile and checks that it is whole hashes, at most 256 of them, and at least `needed`.
pub(super) fn read_tile<T: Tiles>(
    tiles: &mut T,
    level: u8,
    number: u64,
    needed: usize,
) -> Result<Vec<u8>, TreeError<T::Error>> {
    let bytes = tiles.tile(level, number).map_err(TreeError::Store)?;
    let bytes = bytes.ok_or(TreeError::Missing { level, number })?;
    let length = bytes.len();
    if length == 0 || length > TILE_BYTES || !length.is_multiple_of(HASH_BYTES) {
        return Err(TreeError::Malformed {
            level,
            number,
            length,
        });
    }
    check_width(level, number, length / HASH_BYTES, needed)?;
    Ok(bytes)
}

fn check_width<E>(level: u8, number: u64, found: usize, needed: usize) -> Result<(), TreeError<E>> {
    if found < needed {
        Err(TreeError::Short {
            level,
            number,
            found,
            needed,
        })
    } else {
        Ok(())
    }
}

/// Hashes of subtrees, keeping the tiles of one question so that none is read twice.
struct Reader<'a, T> {
    tiles: &'a mut T,
    seen: BTreeMap<(u8, u64), Vec<u8>>,
}

impl<'a, T: Tiles> Reader<'a, T> {
    fn new(tiles: &'a mut T) -> Self {
        Self {
            tiles,
            seen: BTreeMap::new(),
        }
    }

    /// The root of leaves `start..end`, where `start` is a multiple of the largest power of two within.
    fn range(&mut self, start: u64, end: u64) -> Result<Hash, TreeError<T::Error>> {
        let width = end - start;
        if width.is_power_of_two() {
            return self.perfect(start, width.trailing_zeros());
        }
        let middle = start + split(width);
        Ok(node_hash(
            &self.range(start, middle)?,
            &self.range(middle, end)?,
        ))
    }

    /// The root of the `2^height` leaves from `start`: up to 128 neighbouring hashes of one tile.
    fn perfect(&mut self, start: u64, height: u32) -> Result<Hash, TreeError<T::Error>> {
        let tile_level = height / TILE_HEIGHT;
        let level = tile_level as u8; // below 8, as height is below 64
        let first = start >> (tile_level * TILE_HEIGHT);
        let (number, offset) = (first >> TILE_HEIGHT, (first % TILE_WIDTH as u64) as usize);
        let end = offset + (1 << (height % TILE_HEIGHT));
        if let std::collections::btree_map::Entry::Vacant(slot) = self.seen.entry((level, number)) {
            slot.insert(read_tile(self.tiles, level, number, end)?);
        }
        let hashes = self
            .seen
            .get(&(level, number))
            .map_or(&[][..], |bytes| bytes.as_chunks().0);
        check_width(level, number, hashes.len(), end)?;
        Ok(perfect_root(hashes.get(offset..end).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{MemoryTiles, grow, leaf};
    use super::*;
    use crate::message::{Explain, Message};

    /// The eight leaves of the RFC 6962 reference implementation, in hexadecimal.
    const LEAVES: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn unhex(text: &str) -> Vec<u8> {
        let digit = |place| u8::from_str_radix(&text[place..place + 2], 16).expect("hexadecimal");
        (0..text.len()).step_by(2).map(digit).collect()
    }

    #[test]
    fn published_roots() {
        let leaves = LEAVES.map(|entry| *super::super::hash::leaf_hash(&unhex(entry)).as_bytes());
        let mut tiles = MemoryTiles::default();
        tiles.tiles.insert((0, 0), leaves.concat());
        assert_eq!(root(0, &mut tiles), Ok(empty_root()));
        for (size, expected) in (1..).zip(ROOTS) {
            assert_eq!(
                root(size, &mut tiles).expect("whole tiles").hex(),
                expected,
                "{size}"
            );
        }
    }

    #[test]
    fn each_tile_is_read_once_and_few_are_needed() {
        let mut tiles = grow(70_000);
        for index in [0, 255, 256, 34_567, 65_535, 65_536, 69_888, 69_999] {
            tiles.reads = 0;
            inclusion_proof(index, 70_000, &mut tiles).expect("whole tiles");
            assert!(tiles.reads <= 5, "{index}: {}", tiles.reads);
            tiles.reads = 0;
            consistency_proof(index, 70_000, &mut tiles).expect("whole tiles");
            assert!(tiles.reads <= 5, "{index}: {}", tiles.reads);
        }
    }

    #[test]
    fn impossible_questions_are_refused() {
        let mut tiles = grow(3);
        assert_eq!(
            inclusion_proof(3, 3, &mut tiles),
            Err(TreeError::NoEntry { index: 3, size: 3 })
        );
        assert_eq!(
            inclusion_proof(0, 0, &mut tiles),
            Err(TreeError::NoEntry { index: 0, size: 0 })
        );
        assert_eq!(
            consistency_proof(3, 2, &mut tiles),
            Err(TreeError::Shrunk { old: 3, new: 2 })
        );
        assert_eq!(
            root(4, &mut tiles),
            Err(TreeError::Short {
                level: 0,
                number: 0,
                found: 3,
                needed: 4
            })
        );
        assert_eq!(
            root(256, &mut tiles),
            Err(TreeError::Missing {
                level: 1,
                number: 0
            })
        );
        assert_eq!(
            root(u64::MAX, &mut tiles),
            Err(TreeError::Missing {
                level: 7,
                number: 0
            })
        );
    }

    #[test]
    fn damaged_tiles_are_refused() {
        for length in [0, 31, 33, TILE_BYTES + HASH_BYTES] {
            let mut tiles = MemoryTiles::default();
            tiles.tiles.insert((0, 0), vec![0; length]);
            let expected = TreeError::Malformed {
                level: 0,
                number: 0,
                length,
            };
            assert_eq!(root(1, &mut tiles), Err(expected.clone()));
            assert_eq!(read_tile(&mut tiles, 0, 0, 0), Err(expected));
        }
        let mut tiles = grow(3);
        tiles.tiles.insert((0, 0), leaf(0).as_bytes().to_vec());
        let short = TreeError::Short {
            level: 0,
            number: 0,
            found: 1,
            needed: 3,
        };
        assert_eq!(
            root(3, &mut tiles),
            Err(TreeError::Short {
                level: 0,
                number: 0,
                found: 1,
                needed: 2
            })
        );
        assert_eq!(read_tile(&mut tiles, 0, 0, 3), Err(short));
    }

    #[test]
    fn the_error_of_the_store_comes_through() {
        #[derive(Debug, PartialEq, Eq, thiserror::Error)]
        struct Gone;
        explained!(Gone);
        impl Explain for Gone {
            fn message(&self) -> Message {
                message!("error-disk-full")
            }
        }
        struct Broken;
        impl Tiles for Broken {
            type Error = Gone;
            fn tile(&mut self, _level: u8, _number: u64) -> Result<Option<Vec<u8>>, Gone> {
                Err(Gone)
            }
        }
        let error = root(1, &mut Broken).expect_err("broken");
        assert_eq!(
            (error.to_string().as_str(), error),
            ("the disk is full", TreeError::Store(Gone))
        );
    }
}
