//! A registry made anew elsewhere, entry by entry.

use std::path::Path;

use diesel::prelude::*;

use super::finding::Progress;
use super::schema::content;
use super::{Error, Store};
use crate::message::is_server;

/// Entries in memory at a time.
const PAGE: i64 = 4_000;

impl Store {
    /// Makes this registry anew at `to`, where nothing may be yet, and compares the roots; returns the number of batches.
    ///
    /// # Errors
    /// Those of reading this one and of creating the other; nothing is left behind then.
    pub(crate) fn move_to(&mut self, to: &Path, progress: Progress<'_>) -> Result<i64, Error> {
        self.read(|reader| {
            let size = reader.journal_size(None)?;
            let root = reader.root(size)?;
            let batches = reader.last_batch()?.map_or(0, |batch| batch.number);
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            Self::create_with(to, |new| {
                let mut next = 0;
                let mut page = Vec::new().into_iter();
                let entries = std::iter::from_fn(|| {
                    if page.len() == 0 && next < size {
                        let until = size.min(next + PAGE);
                        match reader.bytes_between(next, until) {
                            Ok(bytes) => page = bytes.into_iter(),
                            Err(error) => return Some(Err(error)),
                        }
                        progress(u64::try_from(until - next).unwrap_or_default());
                        next = until;
                    }
                    page.next().map(Ok)
                });
                new.restore::<Error>(entries)?;
                let kept: Vec<String> = content::table.select(content::sha256).load(reader.db)?;
                new.transacted(|db| {
                    for sha256 in &kept {
                        let bytes = reader.content(sha256)?;
                        super::content::take_in(sha256, &bytes, db)?;
                    }
                    Ok::<_, Error>(((), true))
                })?;
                let moved = new.read(|reader| {
                    let size = reader.journal_size(None)?;
                    reader.root(size)
                })?;
                if moved != root {
                    return Err(Error::Unproved);
                }
                Ok(())
            })?;
            Ok(batches)
        })
    }
}

/// Refuses a command that works on files.
///
/// # Errors
/// [`super::ServerError::FilesOnly`] where `place` is the address of a server.
pub(crate) fn files_only(place: &Path, command: &'static str) -> Result<(), Error> {
    match is_server(place) {
        true => Err(super::ServerError::FilesOnly(command).into()),
        false => Ok(()),
    }
}
