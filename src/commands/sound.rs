//! A registry that was verified before anything is signed, and its hash tree worked out from the bytes of its entries.
//!
//! Stored tiles prove nothing about the entries: whoever can write to the file can write tiles. So what is signed or proved
//! comes from a tree that is grown here from every entry, in the transaction in which the registry was verified.

use std::path::Path;

use super::memory::{Memory, Remembering};
use super::trust::{self, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::merkle::append::{Appender, TileMap};
use crate::merkle::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::merkle::hash::{Hash, leaf_hash};
use crate::merkle::key::Kind;
use crate::merkle::tree::{self, TreeError};
use crate::merkle::verify::verify_consistency;
use crate::store::{self, Reader};

/// Entries that are read at once.
const PAGE: i64 = 1_000;

/// A registry with which nothing is wrong.
pub(super) struct Sound {
    pub(super) origin: String,
    /// Entries of the journal.
    pub(super) size: u64,
    pub(super) records: usize,
    tiles: TileMap,
}

impl Sound {
    /// Verifies the registry at `path`, which is the one that is read here, and grows its tree.
    ///
    /// # Errors
    /// [`Error::Findings`] when anything is wrong with it.
    pub(super) fn of(
        reader: &mut Reader<'_>,
        path: &Path,
        context: &Context,
    ) -> Result<Self, Error> {
        let entries = reader.journal_size(None).unwrap_or(0);
        let bar = context.out.progress(entries.saturating_mul(2));
        let checked = reader.verify(path, false, &|rows| bar.inc(rows));
        bar.finish_and_clear();
        let checked = checked?;
        if !checked.findings.is_empty() {
            return Err(Error::Findings {
                count: checked.findings.len() + checked.more,
                published_only: false,
            });
        }
        let (tree, tiles) = grown(reader)?;
        if (tree.size(), tree.root()) != (checked.entries, checked.root) {
            return Err(store::Error::Unproved.into());
        }
        Ok(Self {
            origin: reader.origin()?,
            size: tree.size(),
            records: checked.records,
            tiles,
        })
    }

    /// The root over the first `size` entries.
    pub(super) fn root(&mut self, size: u64) -> Result<Hash, Error> {
        Ok(tree::root(size, &mut self.tiles).map_err(unreachable)?)
    }

    /// The checkpoint of the first `size` entries.
    pub(super) fn checkpoint(&mut self, size: u64) -> Result<Checkpoint, Error> {
        let root = self.root(size)?;
        Ok(Checkpoint::new(&self.origin, size, root).map_err(TrustError::Sign)?)
    }

    /// The path from an entry to the root over the first `size` entries.
    pub(super) fn inclusion_proof(&mut self, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
        Ok(tree::inclusion_proof(index, size, &mut self.tiles).map_err(unreachable)?)
    }

    /// The hashes that show that the first `old` entries are the beginning of the first `new`.
    pub(super) fn consistency_proof(&mut self, old: u64, new: u64) -> Result<Vec<Hash>, Error> {
        Ok(tree::consistency_proof(old, new, &mut self.tiles).map_err(unreachable)?)
    }

    /// A tile of the tree.
    pub(super) fn tile(&self, level: u8, number: u64) -> &[u8] {
        let tile = self.tiles.0.get(&(level, number));
        tile.map_or(&[], Vec::as_slice)
    }

    /// Makes the proof that the journal of one checkpoint begins with that of the other, and verifies it.
    ///
    /// # Errors
    /// [`TrustError::Rollback`] when the journal is shorter than what was signed, [`TrustError::Fork`] when it is another one.
    pub(super) fn connect(
        &mut self,
        signed: &Checkpoint,
        offered: &Checkpoint,
    ) -> Result<(), Error> {
        if signed.size() > self.size {
            return Err(TrustError::Rollback {
                signed: signed.size(),
                offered: self.size,
            }
            .into());
        }
        let (old, new) = match signed.size() <= offered.size() {
            true => (signed, offered),
            false => (offered, signed),
        };
        let proof = self.consistency_proof(old.size(), new.size())?;
        let (old_root, new_root) = (old.root(), new.root());
        verify_consistency(old.size(), &old_root, new.size(), &new_root, &proof).map_err(|_| {
            TrustError::Fork {
                signed: signed.size(),
                offered: offered.size(),
            }
            .into()
        })
    }

    /// Refuses a checkpoint, read from `path`, that is not one of this registry.
    pub(super) fn owns(&mut self, path: &Path, checkpoint: &Checkpoint) -> Result<(), Error> {
        let (origin, size) = (self.origin.clone(), self.size);
        refuse_other(path, checkpoint, (&origin, size), |size| self.root(size))
    }

    /// Signs the checkpoint of the first `size` entries with the log's key in `file`, after making and verifying the proof that
    /// it goes together with what that key signed last.
    pub(super) fn sign(
        &mut self,
        size: u64,
        file: &Path,
        remembering: &Remembering,
    ) -> Result<SignedCheckpoint, Error> {
        let checkpoint = self.checkpoint(size)?;
        let key = trust::signing_key(file)?;
        let signed = SignedCheckpoint::sign(checkpoint, &key).map_err(TrustError::Sign)?;
        let memory = Memory::open(remembering, file, &key, Kind::Log, &self.origin)?;
        if let Some(last) = memory.last() {
            self.connect(last, signed.checkpoint())?;
        }
        memory.keep(&signed)?;
        Ok(signed)
    }
}

/// The tree of a registry's journal, grown from the bytes of every entry.
fn grown(reader: &mut Reader<'_>) -> Result<(Appender, TileMap), Error> {
    let (mut tree, mut tiles) = (Appender::default(), TileMap::default());
    loop {
        let next = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        let entries = reader.entries(next, PAGE)?;
        for bytes in &entries {
            let Ok(()) = tree.push(leaf_hash(bytes.as_bytes()), &mut tiles);
        }
        if entries.is_empty() {
            break;
        }
    }
    let Ok(()) = tree.finish(&mut tiles);
    Ok((tree, tiles))
}

/// Returns the root over the first `size` entries, worked out from their bytes.
///
/// # Errors
/// [`store::Error::Unproved`] when the stored tree says something else.
pub(super) fn root_of_entries(reader: &mut Reader<'_>, size: u64) -> Result<Hash, Error> {
    let (_, mut tiles) = grown(reader)?;
    let root = tree::root(size, &mut tiles).map_err(unreachable)?;
    if reader.root(size)? == root {
        Ok(root)
    } else {
        Err(store::Error::Unproved.into())
    }
}

/// A tree that was grown here is whole; that of a question beyond it says so.
fn unreachable(error: TreeError<std::convert::Infallible>) -> store::Error {
    store::Error::Journal(crate::message::Message::foreign(error))
}

/// Refuses a checkpoint, read from `path`, that is not one of the journal with this origin and size; `root` gives its root over so
/// many entries.
pub(super) fn refuse_other(
    path: &Path,
    checkpoint: &Checkpoint,
    (origin, found): (&str, u64),
    root: impl FnOnce(u64) -> Result<Hash, Error>,
) -> Result<(), Error> {
    let wanted = checkpoint.size();
    if checkpoint.origin() != origin {
        return Err(TrustError::Origin {
            path: path.to_owned(),
            found: checkpoint.origin().to_owned(),
            expected: origin.to_owned(),
        }
        .into());
    }
    if wanted > found {
        return Err(TrustError::Short { wanted, found }.into());
    }
    if root(wanted)? != checkpoint.root() {
        return Err(TrustError::Other(wanted).into());
    }
    Ok(())
}
