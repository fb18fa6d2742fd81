//! The journal as any monitor reads it: checkpoint, tiles and entries in the layout of c2sp.org/tlog-tiles.

use axum::http::StatusCode;

use super::Site;
use super::visit::{Answer, Visit};
use crate::commands::sound::refuse_other;
use crate::commands::trust::{Published, TrustError};
use crate::error::Error;
use crate::merkle::checkpoint::{CheckpointError, SignedCheckpoint};
use crate::message::Explain as _;
use crate::store::{Access, Reader, Store};

/// Hashes of a full tile, and entries of a full bundle.
const WIDTH: u64 = 256;
/// Bytes of a hash.
const HASH: u64 = 32;

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
struct Tile {
    /// None for the entries themselves.
    level: Option<u8>,
    number: u64,
    width: u64,
}

/// Returns the signed checkpoint that the administrator has put into a file, where one is named.
///
/// # Errors
/// When it is not signed, or not one of this journal.
pub(super) fn published(site: &Site) -> Option<Result<SignedCheckpoint, Error>> {
    let path = site.checkpoint.as_ref()?;
    let read = || {
        let published = Published::read(path)?;
        let checkpoint = published.checkpoint().clone();
        Store::open(&site.registry, Access::Read)?.read(|reader| {
            let (origin, size) = (reader.origin()?, reader.journal_size(None)?);
            let root = |size| Ok(reader.root(size)?);
            refuse_other(path, &checkpoint, (&origin, size), root)
        })?;
        match published {
            Published::Signed(signed) => Ok(signed),
            Published::Bare(bare) => {
                let why = CheckpointError::NotSigned(bare.origin().to_owned());
                Err(TrustError::Checkpoint(path.clone(), why).into())
            }
        }
    };
    Some(read())
}

/// Returns the checkpoint as any witness reads it: the signed one, else that of the last entry without a signature.
pub(super) fn checkpoint(visit: &Visit<'_>) -> Answer {
    let kind = "text/plain; charset=utf-8";
    match published(visit.site) {
        Some(Ok(signed)) => Answer::new(StatusCode::OK, kind, signed.to_string()),
        Some(Err(error)) => visit.said_only(
            StatusCode::SERVICE_UNAVAILABLE,
            visit.labels.say(&error.message()),
        ),
        None => {
            let ran = visit.run("checkpoint", &[], &[], Some("text"));
            Answer::new(StatusCode::OK, kind, ran.kept.result)
        }
    }
}

/// Returns a tile, or the entries of one.
pub(super) fn tile(visit: &Visit<'_>, address: &str) -> Answer {
    let Some(tile) = Tile::read(address) else {
        return visit.not_found();
    };
    let found = Store::open(&visit.site.registry, Access::Read)
        .map_err(Error::from)
        .and_then(|mut store| store.read(|reader| tile.bytes(reader)));
    match found {
        Ok(Some(bytes)) => Answer::new(StatusCode::OK, "application/octet-stream", bytes),
        Ok(None) => visit.not_found(),
        Err(_) => Answer::new(StatusCode::SERVICE_UNAVAILABLE, "text/plain", ""),
    }
}

impl Tile {
    /// Reads `0/x001/234`, `0/067.p/7` or `entries/067`.
    fn read(address: &str) -> Option<Self> {
        let (level, rest) = address.split_once('/')?;
        let level = match level {
            "entries" => None,
            level => Some(digits(level)?.try_into().ok().filter(|level| *level < 8)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (
                number,
                digits(width).filter(|width| (1..WIDTH).contains(width))?,
            ),
            None => (rest, WIDTH),
        };
        let mut groups: Vec<&str> = number.split('/').collect();
        let last = groups.pop()?;
        let mut value = 0_u64;
        for group in groups
            .iter()
            .map(|group| group.strip_prefix('x'))
            .chain([Some(last)])
        {
            let group = group.filter(|group| group.len() == 3)?;
            value = value.checked_mul(1000)?.checked_add(digits(group)?)?;
        }
        Some(Self {
            level,
            number: value,
            width,
        })
    }

    /// Returns its bytes; None where the journal does not reach so far.
    fn bytes(&self, reader: &mut Reader<'_>) -> Result<Option<Vec<u8>>, Error> {
        let Some(level) = self.level else {
            return self.entries(reader);
        };
        let hashes = reader.tile(level, self.number)?;
        let length = usize::try_from(self.width * HASH).unwrap_or(usize::MAX);
        Ok(hashes.and_then(|hashes| hashes.get(..length).map(<[u8]>::to_vec)))
    }

    /// Returns its entries, each after its length in two bytes. An entry that is longer than these can say has no bundle.
    fn entries(&self, reader: &mut Reader<'_>) -> Result<Option<Vec<u8>>, Error> {
        let first = self
            .number
            .checked_mul(WIDTH)
            .and_then(|first| i64::try_from(first).ok());
        let (Some(first), Ok(width)) = (first, usize::try_from(self.width)) else {
            return Ok(None);
        };
        let entries = reader.entries(first, i64::try_from(width).unwrap_or(i64::MAX))?;
        let mut bytes = Vec::new();
        for entry in &entries {
            let Ok(length) = u16::try_from(entry.len()) else {
                return Ok(None);
            };
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(entry.as_bytes());
        }
        Ok((entries.len() == width).then_some(bytes))
    }
}

fn digits(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_standard() {
        let tile = |level, number, width| {
            Some(Tile {
                level,
                number,
                width,
            })
        };
        assert_eq!(Tile::read("0/067"), tile(Some(0), 67, 256));
        assert_eq!(
            Tile::read("1/x001/x234/067.p/7"),
            tile(Some(1), 1_234_067, 7)
        );
        assert_eq!(Tile::read("entries/000.p/255"), tile(None, 0, 255));
        for wrong in [
            "0",
            "0/67",
            "8/000",
            "0/x001",
            "0/000.p/0",
            "0/000.p/256",
            "0/001/000",
            "x/000",
            "0/+12",
        ] {
            assert_eq!(Tile::read(wrong), None, "{wrong}");
        }
    }
}
