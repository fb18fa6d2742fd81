//! The auditors' bundle: one archive with the records, the journal that they stand in, a signed checkpoint of it, and proofs.
//!
//! Everything in it can be checked with the published verifier key alone: the journal is what the checkpoint was signed for, and
//! the records are what the journal says last of each. That is why nothing derived is in it. `README.md` in the bundle says how
//! to check it with any program, and `verify.py` is one that can be read.

mod check;
mod write;

use crate::merkle::tree::TILE_WIDTH;
use crate::store::sha256;

pub(crate) use check::{BundleReport, check};
pub(crate) use write::{BundleWriter, Current, entry_document};

const README: &str = "README.md";
const SCRIPT: &str = "verify.py";
const CHECKPOINT: &str = "checkpoint";
const KEY: &str = "registry.vkey";
const JOURNAL: &str = "journal.ndjson";
const RECORDS: &str = "records.ndjson";
/// The folders of the data package, of the kept documents, of the proofs and of the tiles.
const PACKAGE: &str = "datapackage/";
const DOCUMENTS: &str = "documents/";
const PROOFS: &str = "proofs/";
const TILES: &str = "tile/";

/// Where the proof of a record stands.
fn proof_name(kind: &str, code: &str) -> String {
    format!("{PROOFS}{kind}/{}.tlog-proof", quoted(code))
}

/// The longest name of a file that is a code; file systems take 255 bytes.
const LONGEST_NAME: usize = 200;

/// A code as a file name: what is no letter or digit of ASCII and none of `-._~` is written as `%XX` (RFC 3986). In the place of
/// a name that gets too long stands the SHA-256 of the code.
fn quoted(code: &str) -> String {
    let mut name = String::new();
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    if name.len() > LONGEST_NAME {
        return sha256(code.as_bytes());
    }
    name
}

/// Where a tile stands (c2sp.org/tlog-tiles, "Merkle Tree"): digits in groups of three, all but the last with an `x` in front;
/// a tile that is not full says how many hashes it has.
fn tile_name(level: u8, number: u64, width: usize) -> String {
    let mut path = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    let partial = if width < TILE_WIDTH {
        format!(".p/{width}")
    } else {
        String::new()
    };
    format!("{TILES}{level}/{path}{partial}")
}

/// The tiles of a tree of `size` leaves: level, number and width of each.
pub(crate) fn tiles(size: u64) -> impl Iterator<Item = (u8, u64, usize)> {
    let full = TILE_WIDTH as u64;
    (0..8)
        .map(move |level: u8| (level, size >> (8 * u32::from(level))))
        .take_while(|(_, hashes)| *hashes > 0)
        .flat_map(move |(level, hashes)| {
            (0..hashes.div_ceil(full)).map(move |number| {
                let width = (hashes - number * full).min(full);
                (level, number, usize::try_from(width).unwrap_or(TILE_WIDTH))
            })
        })
}

/// The line that says a record: its entry without the number of the batch, which canonical JSON has in front.
fn record_line(entry: &str) -> Option<String> {
    let (batch, rest) = entry.split_once(',')?;
    batch
        .starts_with("{\"batch\":")
        .then(|| format!("{{{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_standards() {
        assert_eq!(tile_name(0, 67, 256), "tile/0/067");
        assert_eq!(tile_name(1, 1_234_067, 7), "tile/1/x001/x234/067.p/7");
        assert_eq!(
            proof_name("party", "../a b/丸"),
            "proofs/party/..%2Fa%20b%2F%E4%B8%B8.tlog-proof"
        );
        assert_eq!(
            proof_name("party", &"丸".repeat(23)).len(),
            "proofs/party/.tlog-proof".len() + 64
        );
    }

    #[test]
    fn a_tree_has_full_and_partial_tiles() {
        assert_eq!(tiles(0).count(), 0);
        assert_eq!(tiles(256).collect::<Vec<_>>(), [(0, 0, 256), (1, 0, 1)]);
        assert_eq!(
            tiles(70_000).skip(272).collect::<Vec<_>>(),
            [
                (0, 272, 256),
                (0, 273, 112),
                (1, 0, 256),
                (1, 1, 17),
                (2, 0, 1)
            ]
        );
    }

    #[test]
    fn a_record_is_its_entry_without_the_batch() {
        let entry = r#"{"batch":12,"code":"TH","document":{"code":"TH"},"format":1}"#;
        let line = record_line(entry);
        assert_eq!(
            line.as_deref(),
            Some(r#"{"code":"TH","document":{"code":"TH"},"format":1}"#)
        );
        assert_eq!(record_line("{\"a\":1,\"batch\":2}"), None);
    }
}
