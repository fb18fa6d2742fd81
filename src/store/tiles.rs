//! The tiles of the Merkle tree, kept in a table.

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::backend::Db;
use super::schema::tile;
use super::{Error, Reader};
use crate::merkle::append::TileStore;
use crate::merkle::tree::Tiles;

/// The tile table, read and written within a transaction.
pub(super) struct TileTable<'a>(pub(super) &'a mut Db);

/// How far the tiles of a level reach.
pub(super) struct Extent {
    pub(super) level: u8,
    /// The number of the last tile, and one.
    pub(super) tiles: u64,
}

impl TileTable<'_> {
    /// How far each level reaches.
    pub(super) fn extents(&mut self) -> Result<Vec<Extent>, Error> {
        let levels = tile::table
            .group_by(tile::level)
            .order(tile::level)
            .select((tile::level, diesel::dsl::max(tile::number)));
        let levels: Vec<(i32, Option<i64>)> = levels.load(self.0)?;
        let extent = |(level, last): (i32, Option<i64>)| Extent {
            level: u8::try_from(level).unwrap_or(u8::MAX),
            tiles: last
                .and_then(|last| u64::try_from(last).ok())
                .map_or(0, |last| last + 1),
        };
        Ok(levels.into_iter().map(extent).collect())
    }
}

impl Reader<'_> {
    /// Returns the hashes of a stored tile, one after the other.
    pub(crate) fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Error> {
        TileTable(self.db).tile(level, number)
    }
}

impl Tiles for TileTable<'_> {
    type Error = Error;

    fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Error> {
        let found = tile::table
            .find((i32::from(level), tile_number(number)?))
            .select(tile::hashes)
            .first(self.0);
        Ok(found.optional()?)
    }
}

impl TileStore for TileTable<'_> {
    /// Stores a tile, in the place of the shorter one that it has grown from.
    fn put_tile(&mut self, level: u8, number: u64, hashes: &[u8]) -> Result<(), Error> {
        let row = (
            tile::level.eq(i32::from(level)),
            tile::number.eq(tile_number(number)?),
            tile::hashes.eq(hashes),
        );
        let insert = diesel::insert_into(tile::table)
            .values(row)
            .on_conflict((tile::level, tile::number));
        insert
            .do_update()
            .set(tile::hashes.eq(excluded(tile::hashes)))
            .execute(self.0)?;
        Ok(())
    }
}

fn tile_number(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::Journal(message!("why-no-tile", number)))
}
