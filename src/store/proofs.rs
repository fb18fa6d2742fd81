//! What checkpoints and proofs are made of: the name of the log, its size, its hashes and its entries.

use diesel::prelude::*;

use super::journal::{BATCH, Closing, Said};
use super::schema::{batch, entry};
use super::tiles::TileTable;
use super::verify::last_entries;
use super::{Error, Kind, Reader};
use crate::domain::Moment;
use crate::merkle::hash::Hash;
use crate::merkle::tree;

/// What the origin of a registry's checkpoints begins with; its UUID follows.
const ORIGIN: &str = "tpmc.registry/";

/// An entry of the journal as proofs need it.
#[derive(Debug, Queryable)]
pub(crate) struct ProvedEntry {
    pub(crate) number: i64,
    pub(crate) kind: String,
    pub(crate) code: String,
    pub(crate) bytes: String,
}

impl Reader<'_> {
    /// The name of this registry's log: `tpmc.registry/` and the UUID that the first batch founded it with.
    pub(crate) fn origin(&mut self) -> Result<String, Error> {
        Ok(format!("{ORIGIN}{}", self.registry()?))
    }

    /// The bytes of the entries from one number on, up to before another.
    pub(super) fn bytes_between(&mut self, from: i64, until: i64) -> Result<Vec<String>, Error> {
        let entries = entry::table
            .filter(entry::number.ge(from))
            .filter(entry::number.lt(until));
        let bytes = entries.order(entry::number).select(entry::bytes);
        Ok(bytes.load(self.db)?)
    }

    /// The UUID that the first batch founded the registry with.
    pub(super) fn registry(&mut self) -> Result<String, Error> {
        let bytes: Option<String> = entry::table
            .filter(entry::kind.eq(BATCH).and(entry::code.eq("1")))
            .select(entry::bytes)
            .first(self.db)
            .optional()?;
        let damaged = || Error::Journal(message!("why-no-registry-named"));
        let bytes = bytes.ok_or_else(damaged)?;
        let said = Said::read(bytes.as_bytes()).map_err(|_| damaged())?;
        let closing: Closing = serde_json::from_str(said.document.get()).map_err(|_| damaged())?;
        Ok(closing.registry.ok_or_else(damaged)?.to_string())
    }

    /// How many entries the journal has; had, at a time.
    pub(crate) fn journal_size(&mut self, known_at: Option<Moment>) -> Result<u64, Error> {
        let last = batch::table
            .order(batch::number.desc())
            .select((batch::first_entry, batch::entries));
        let last: Option<(i64, i64)> = match known_at {
            Some(time) => last.filter(batch::recorded_at.le(time)).first(self.db),
            None => last.first(self.db),
        }
        .optional()?;
        let size = last.map_or(Some(0), |(first, entries)| first.checked_add(entries));
        size.and_then(|size| u64::try_from(size).ok())
            .ok_or_else(|| Error::Journal(message!("why-no-end")))
    }

    /// The root over the first `size` entries, as the tree is stored.
    pub(crate) fn root(&mut self, size: u64) -> Result<Hash, Error> {
        tree::root(size, &mut TileTable(self.db)).map_err(Error::tree)
    }

    /// The last entries about the next records of a kind after the code `after`, in the order of their codes; answers them, those
    /// about removals left out, and the last code that was looked at.
    pub(crate) fn current(
        &mut self,
        kind: Kind,
        after: Option<&str>,
    ) -> Result<(Vec<ProvedEntry>, Option<String>), Error> {
        let entries = last_entries(kind, after, self.db)?;
        let until = entries.last().map(|entry| entry.code.clone());
        let mut found = Vec::new();
        for entry in entries {
            let damaged =
                || Error::Journal(message!("why-entry-unreadable", number = entry.number));
            let is_removal = Said::read(&entry.bytes)
                .map_err(|_| damaged())?
                .is_removal();
            if !is_removal {
                found.push(ProvedEntry {
                    number: entry.number,
                    kind: kind.word().to_owned(),
                    bytes: String::from_utf8(entry.bytes).map_err(|_| damaged())?,
                    code: entry.code,
                });
            }
        }
        Ok((found, until))
    }

    /// The entry of that number.
    pub(crate) fn entry(&mut self, number: i64) -> Result<ProvedEntry, Error> {
        let columns = (entry::number, entry::kind, entry::code, entry::bytes);
        let found = entry::table.find(number).select(columns).first(self.db);
        found.optional()?.ok_or_else(|| Error::NotFound {
            what: "entry",
            code: number.to_string(),
            nearest: None,
        })
    }

    /// The last entry about each record with this code among the first `size` entries: of one kind, or of every kind.
    pub(crate) fn last_entries_about(
        &mut self,
        code: &str,
        kind: Option<&str>,
        size: u64,
    ) -> Result<Vec<ProvedEntry>, Error> {
        let mut found = Vec::new();
        let end = i64::try_from(size).unwrap_or(i64::MAX);
        for known in super::Kind::ALL {
            if kind.is_some_and(|kind| kind != known.word()) {
                continue;
            }
            let about = entry::table
                .filter(
                    entry::kind
                        .eq(known)
                        .and(entry::code.eq(code))
                        .and(entry::number.lt(end)),
                )
                .order(entry::number.desc())
                .select((entry::number, entry::kind, entry::code, entry::bytes));
            found.extend(about.first(self.db).optional()?);
        }
        Ok(found)
    }
}
