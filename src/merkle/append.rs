//! Grows a Merkle tree kept in C2SP tiles, one leaf at a time and in constant memory.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::hash::{HASH_BYTES, Hash, empty_root, node_hash};
use super::tree::{TILE_BYTES, TILE_HEIGHT, TILE_WIDTH, Tiles, TreeError, perfect_root, read_tile};

/// The largest tree that can be opened: what a signed 64-bit database column counts.
const MAX_SIZE: u64 = i64::MAX as u64;

/// Where tiles are kept: for SQL, [`Tiles::tile`] and one `INSERT ... ON CONFLICT (level, number) DO UPDATE`.
pub(crate) trait TileStore: Tiles {
    /// Stores a tile of 1 to 256 hashes, replacing a narrower one of the same level and number.
    fn put_tile(&mut self, level: u8, number: u64, hashes: &[u8]) -> Result<(), Self::Error>;
}

/// The right edge of a tree, taking leaves.
///
/// It holds at most one unfinished tile per level, 8 KiB each. [`Self::push`] hands a tile out the moment it is full, so
/// a million leaves in one go need no more memory than one, at about one node hash a leaf. [`Self::finish`] stores the
/// tiles that are left unfinished: at most one per level and batch, and a level only when it changed, so one new leaf
/// rewrites one partial tile of level 0 (255 times in 256). Nothing else is ever rewritten.
///
/// The store is a trait and an argument of each call, not a field or a closure: a database transaction implements it
/// once for reading and writing, and stays free for the caller's own statements between two leaves.
///
/// After an error of the store, or without `finish`, the tiles are behind: roll the transaction back and open anew.
#[derive(Debug, Clone, Default)]
pub(crate) struct Appender {
    size: u64,
    edge: Vec<Partial>,
}

/// The unfinished last tile of a level, fewer than 256 hashes, possibly none.
#[derive(Debug, Clone, Default)]
struct Partial {
    hashes: Vec<u8>,
    changed: bool,
}

impl Appender {
    /// Continues a tree of `size` leaves, reading its partial tiles, at most one per level. Size 0 reads nothing.
    ///
    /// Fails when a tile is missing, narrower than `size` demands, or not made of whole hashes. A wider tile is cut to
    /// `size`: what lies beyond it was never part of the tree that the caller counts.
    pub(crate) fn open<T: Tiles>(size: u64, tiles: &mut T) -> Result<Self, TreeError<T::Error>> {
        if size > MAX_SIZE {
            return Err(TreeError::TooLarge(size));
        }
        let mut edge = Vec::new();
        let mut entries = size;
        for level in 0.. {
            if entries == 0 {
                break;
            }
            let width = (entries % TILE_WIDTH as u64) as usize;
            entries >>= TILE_HEIGHT;
            let mut hashes = Vec::new();
            if width > 0 {
                hashes = read_tile(tiles, level, entries, width)?;
                hashes.truncate(width * HASH_BYTES);
            }
            edge.push(Partial {
                hashes,
                changed: false,
            });
        }
        Ok(Self { size, edge })
    }

    /// The number of leaves, those pushed included.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds the hash of the next leaf and stores every tile that this completes.
    pub(crate) fn push<S: TileStore>(&mut self, leaf: Hash, store: &mut S) -> Result<(), S::Error> {
        self.size += 1;
        let mut hash = leaf;
        let mut tiles = self.size;
        let mut level = 0;
        loop {
            tiles >>= TILE_HEIGHT;
            let Some(partial) = self.edge.get_mut(usize::from(level)) else {
                self.edge.push(Partial {
                    hashes: hash.as_bytes().to_vec(),
                    changed: true,
                });
                return Ok(());
            };
            partial.hashes.extend_from_slice(hash.as_bytes());
            partial.changed = true;
            if partial.hashes.len() < TILE_BYTES {
                return Ok(());
            }
            store.put_tile(level, tiles - 1, &partial.hashes)?;
            hash = perfect_root(partial.hashes.as_chunks().0);
            *partial = Partial::default();
            level += 1;
        }
    }

    /// Stores the partial tiles that changed. The appender may go on taking leaves afterwards.
    pub(crate) fn finish<S: TileStore>(&mut self, store: &mut S) -> Result<(), S::Error> {
        let mut number = self.size;
        for (level, partial) in (0..).zip(&mut self.edge) {
            number >>= TILE_HEIGHT;
            if partial.changed {
                store.put_tile(level, number, &partial.hashes)?;
                partial.changed = false;
            }
        }
        Ok(())
    }

    /// The root of all leaves so far, RFC 6962 section 2.1, without reading a tile; at most 255 hashes per level.
    pub(crate) fn root(&self) -> Hash {
        let mut root = None;
        for partial in &self.edge {
            let mut rest = partial.hashes.as_chunks().0;
            while !rest.is_empty() {
                let block = 1 << rest.len().trailing_zeros();
                let (before, last) = rest.split_at(rest.len() - block);
                let left = perfect_root(last);
                root = Some(root.map_or(left, |right| node_hash(&left, &right)));
                rest = before;
            }
        }
        root.unwrap_or_else(empty_root)
    }
}

/// Tiles in memory, 32 bytes a leaf: for those who work the tree out from the entries and trust no stored tile.
#[derive(Debug, Clone, Default)]
pub(crate) struct TileMap(pub(crate) BTreeMap<(u8, u64), Vec<u8>>);

impl Tiles for TileMap {
    type Error = Infallible;

    fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.0.get(&(level, number)).cloned())
    }
}

impl TileStore for TileMap {
    fn put_tile(&mut self, level: u8, number: u64, hashes: &[u8]) -> Result<(), Infallible> {
        self.0.insert((level, number), hashes.to_vec());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{MemoryTiles, append, grow, leaf};
    use super::super::tree::root;
    use super::*;

    fn widths(tiles: &MemoryTiles) -> Vec<(u8, u64, usize)> {
        tiles
            .tiles
            .iter()
            .map(|((level, number), bytes)| (*level, *number, bytes.len() / 32))
            .collect()
    }

    #[test]
    fn tiles_are_those_of_the_specification() {
        assert_eq!(widths(&grow(0)), []);
        assert_eq!(widths(&grow(1)), [(0, 0, 1)]);
        assert_eq!(widths(&grow(256)), [(0, 0, 256), (1, 0, 1)]);
        // The example of tlog-tiles, "Partial Tiles".
        let tiles = widths(&grow(70_000));
        assert_eq!(
            tiles
                .iter()
                .filter(|tile| tile.0 == 0 && tile.2 == 256)
                .count(),
            273
        );
        assert_eq!(
            tiles[273..],
            [(0, 273, 112), (1, 0, 256), (1, 1, 17), (2, 0, 1)]
        );
    }

    #[test]
    fn an_entry_above_level_0_is_the_root_below_it() {
        let tiles = grow(70_000);
        let below: Vec<_> = tiles.tiles[&(0, 3)].as_chunks().0.to_vec();
        assert_eq!(
            tiles.tiles[&(1, 0)][3 * 32..4 * 32],
            *perfect_root(&below).as_bytes()
        );
        let mut first = tiles.clone();
        assert_eq!(
            tiles.tiles[&(2, 0)],
            root(65_536, &mut first).expect("whole tiles").as_bytes()
        );
    }

    #[test]
    fn one_leaf_reads_the_edge_and_rewrites_one_tile() {
        let mut tiles = grow(70_000);
        (tiles.reads, tiles.writes) = (0, Vec::new());
        let appender = append(70_000, 70_001, &mut tiles);
        assert_eq!((tiles.reads, &tiles.writes[..]), (3, &[(0, 273, 113)][..]));
        assert_eq!(Ok(appender.root()), root(70_001, &mut tiles));
    }

    #[test]
    fn a_batch_writes_each_full_tile_once_and_one_partial_tile_a_level() {
        let tiles = grow(1_000);
        assert_eq!(
            tiles.writes,
            [
                (0, 0, 256),
                (0, 1, 256),
                (0, 2, 256),
                (0, 3, 232),
                (1, 0, 3)
            ]
        );
    }

    #[test]
    fn finish_may_be_repeated_and_followed_by_more() {
        let mut tiles = grow(0);
        let mut appender = append(0, 300, &mut tiles);
        let writes = tiles.writes.len();
        appender.finish(&mut tiles).expect("memory");
        assert_eq!(tiles.writes.len(), writes);
        appender.push(leaf(300), &mut tiles).expect("memory");
        appender.finish(&mut tiles).expect("memory");
        assert_eq!(tiles.tiles, grow(301).tiles);
    }

    #[test]
    fn a_store_ahead_of_the_size_is_cut() {
        let mut tiles = grow(300);
        let appender = Appender::open(290, &mut tiles).expect("whole tiles");
        assert_eq!(Ok(appender.root()), root(290, &mut tiles));
    }

    #[test]
    fn a_store_behind_the_size_is_refused() {
        let mut tiles = grow(300);
        let short = TreeError::Short {
            level: 0,
            number: 1,
            found: 44,
            needed: 45,
        };
        assert_eq!(Appender::open(301, &mut tiles).map(|_| ()), Err(short));
        let missing = TreeError::Missing {
            level: 0,
            number: 2,
        };
        assert_eq!(Appender::open(600, &mut tiles).map(|_| ()), Err(missing));
        let large = TreeError::TooLarge(u64::MAX);
        assert_eq!(Appender::open(u64::MAX, &mut tiles).map(|_| ()), Err(large));
    }
}
