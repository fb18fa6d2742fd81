//! The Merkle tree as it is stored, compared with the one that follows from its leaves.

use crate::merkle::append::{Appender, TileStore};
use crate::merkle::hash::{HASH_BYTES, Hash};
use crate::merkle::tree::{TILE_WIDTH, Tiles};
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::finding::{Fault, Finding, Sink};
use crate::store::tiles::{Extent, TileTable};

/// The tree that grows again from the stored leaf hashes, while each entry is compared with its leaf.
pub(super) struct Regrown {
    tree: Appender,
    /// The tile of level 0 that was read last.
    leaves: Option<(u64, Vec<u8>)>,
}

impl Regrown {
    pub(super) fn new() -> Self {
        Self {
            tree: Appender::default(),
            leaves: None,
        }
    }

    pub(super) fn size(&self) -> u64 {
        self.tree.size()
    }

    pub(super) fn root(&self) -> Hash {
        self.tree.root()
    }

    /// The stored hash of the next leaf, when there is one.
    pub(super) fn next_leaf(&mut self, db: &mut Db) -> Result<Option<Hash>, Error> {
        let size = self.tree.size();
        let (number, offset) = (size / TILE_WIDTH as u64, size % TILE_WIDTH as u64);
        if self.leaves.as_ref().is_none_or(|(read, _)| *read != number) {
            let hashes = TileTable(db).tile(0, number)?.unwrap_or_default();
            self.leaves = Some((number, hashes));
        }
        let hashes = self
            .leaves
            .as_ref()
            .map_or(&[][..], |(_, hashes)| hashes.as_chunks::<HASH_BYTES>().0);
        let leaf = usize::try_from(offset)
            .ok()
            .and_then(|offset| hashes.get(offset));
        Ok(leaf.copied().map(Hash::new))
    }

    /// Adds a leaf; every tile that this completes is compared with the stored one.
    pub(super) fn push(
        &mut self,
        leaf: Hash,
        db: &mut Db,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        self.tree.push(leaf, &mut Comparison { db, sink })
    }

    /// Compares the unfinished tiles, and looks for tiles that no leaf accounts for.
    pub(super) fn finish(&mut self, db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
        self.tree.finish(&mut Comparison { db, sink })?;
        for Extent { level, tiles } in TileTable(db).extents()? {
            let needed = self.tiles_of(level);
            if tiles > needed {
                let tiles = message!("why-tiles", found = tiles, wanted = needed);
                sink.add(changed(level, needed).found(tiles));
            }
        }
        Ok(())
    }

    /// How many tiles a level has.
    fn tiles_of(&self, level: u8) -> u64 {
        let hashes = self
            .size()
            .checked_shr(u32::from(level).saturating_mul(8))
            .unwrap_or(0);
        hashes.div_ceil(TILE_WIDTH as u64)
    }
}

fn changed(level: u8, number: u64) -> Finding {
    Finding::new(Fault::TreeChanged).field(format!("level {level}, tile {number}"))
}

/// Takes tiles that follow from the leaves, and compares them with those that are stored.
struct Comparison<'a, 'b, 'c> {
    db: &'a mut Db,
    sink: &'b mut Sink<'c>,
}

impl Tiles for Comparison<'_, '_, '_> {
    type Error = Error;

    fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Error> {
        TileTable(self.db).tile(level, number)
    }
}

impl TileStore for Comparison<'_, '_, '_> {
    fn put_tile(&mut self, level: u8, number: u64, hashes: &[u8]) -> Result<(), Error> {
        let stored = self.tile(level, number)?.unwrap_or_default();
        if stored != hashes {
            let width = |hashes: &[u8]| message!("what-hashes", count = hashes.len() / HASH_BYTES);
            let finding = changed(level, number);
            self.sink.add(if stored.len() == hashes.len() {
                finding
            } else {
                finding.expected(width(hashes)).found(width(&stored))
            });
        }
        Ok(())
    }
}
