//! The journal of a bundle: hashed line by line, and looked through for the last entry about each record.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::super::{JOURNAL, TILES, record_line};
use super::Findings;
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::merkle::append::{Appender, TileStore};
use crate::merkle::checkpoint::SignedCheckpoint;
use crate::merkle::hash::{Hash, leaf_hash};
use crate::merkle::tree::Tiles;
use crate::store::{Fault, Finding, Kind};

/// The kind of the entry that closes a batch.
const BATCH: &str = "batch";

/// An entry as its bytes have it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said<'a> {
    batch: i64,
    #[serde(borrow)]
    code: Cow<'a, str>,
    #[serde(borrow)]
    document: &'a RawValue,
    #[serde(rename = "format")]
    _format: u32,
    #[serde(rename = "id")]
    _id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

/// The last entry about a record.
pub(super) struct Last {
    pub(super) index: u64,
    pub(super) leaf: Hash,
    /// SHA-256 of the line that says the record; none when it was removed.
    pub(super) line: Option<[u8; 32]>,
    /// Whether the list of records has it.
    pub(super) listed: bool,
}

/// A journal that was read.
pub(super) struct Journal {
    pub(super) size: u64,
    pub(super) root: Hash,
    pub(super) batches: i64,
    pub(super) roots: Vec<(u64, Hash)>,
    pub(super) last: HashMap<(Kind, String), Last>,
    /// Tiles as they follow from the journal, when the bundle has tiles.
    pub(super) tiles: BTreeMap<(u8, u64), Vec<u8>>,
}

/// Tiles that are kept to be compared, or not at all.
struct Kept {
    are_wanted: bool,
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
}

impl Tiles for Kept {
    type Error = std::convert::Infallible;

    fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Self::Error> {
        Ok(self.tiles.get(&(level, number)).cloned())
    }
}

impl TileStore for Kept {
    fn put_tile(&mut self, level: u8, number: u64, hashes: &[u8]) -> Result<(), Self::Error> {
        if self.are_wanted {
            self.tiles.insert((level, number), hashes.to_vec());
        }
        Ok(())
    }
}

impl Journal {
    /// Reads the journal, and compares its size and its root with what was signed.
    pub(super) fn read(
        archive: &mut Archive,
        signed: &SignedCheckpoint,
        sizes: &[u64],
        progress: &dyn Fn(u64),
        findings: &mut Findings,
    ) -> Result<Self, Error> {
        let stated = signed.checkpoint();
        let mut kept = Kept {
            are_wanted: archive.names.iter().any(|name| name.starts_with(TILES)),
            tiles: BTreeMap::new(),
        };
        let mut tree = Appender::default();
        let (mut last, mut batches, mut roots) = (HashMap::new(), 0, Vec::new());
        let mut origin = None;
        archive.lines(JOURNAL, |number, line| {
            if number == stated.size() {
                // Nobody signed for what follows: one finding says so.
                let added = Finding::new(Fault::EntryAdded).entry(signed_number(number));
                findings.add(match read(line) {
                    Ok(said) => added.record(said.kind, said.code),
                    Err(_) => added,
                });
                return false;
            }
            let leaf = leaf_hash(line);
            let Ok(()) = tree.push(leaf, &mut kept);
            if sizes.contains(&tree.size()) {
                roots.push((tree.size(), tree.root()));
            }
            match read(line) {
                Ok(said) if said.kind == BATCH => {
                    batches += 1;
                    origin = origin.take().or_else(|| registry(said.document));
                }
                Ok(said) => note(&said, number, leaf, line, &mut last, findings),
                Err(why) => findings.add(
                    Finding::new(Fault::EntryUnreadable)
                        .entry(signed_number(number))
                        .found(why),
                ),
            }
            progress(1);
            true
        })?;
        let Ok(()) = tree.finish(&mut kept);
        let journal = Self {
            size: tree.size(),
            root: tree.root(),
            batches,
            roots,
            last,
            tiles: kept.tiles,
        };
        journal.compare(signed, origin, findings);
        Ok(journal)
    }

    fn compare(&self, signed: &SignedCheckpoint, origin: Option<String>, findings: &mut Findings) {
        let stated = signed.checkpoint();
        let at = |fault| {
            let finding = Finding::new(fault).field(super::CHECKPOINT);
            finding.entry(signed_number(stated.size()))
        };
        let origin = origin.unwrap_or_default();
        if origin != stated.origin() {
            findings.add(
                at(Fault::CheckpointOrigin)
                    .expected(origin)
                    .found(stated.origin()),
            );
        }
        if self.size < stated.size() {
            let short = at(Fault::CheckpointSize).expected(stated.size());
            findings.add(short.found(self.size));
        } else if self.root != stated.root() {
            let other = at(Fault::CheckpointRoot).expected(stated.root());
            findings.add(other.found(self.root));
        }
    }

    /// How many records there are.
    pub(super) fn records(&self) -> usize {
        self.last
            .values()
            .filter(|last| last.line.is_some())
            .count()
    }

    /// The documents that the entries with these numbers hold, read a second time.
    pub(super) fn documents(
        archive: &mut Archive,
        numbers: &HashSet<u64>,
    ) -> Result<HashMap<u64, serde_json::Value>, Error> {
        let mut found = HashMap::new();
        archive.lines(JOURNAL, |number, line| {
            if let (true, Ok(said)) = (numbers.contains(&number), read(line)) {
                let document = serde_json::from_str(said.document.get());
                found.insert(number, document.unwrap_or_default());
            }
            found.len() < numbers.len()
        })?;
        Ok(found)
    }
}

/// The number of an entry as findings have it.
pub(super) fn signed_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// SHA-256 of a line.
pub(super) fn hash(line: &[u8]) -> [u8; 32] {
    Sha256::digest(line).into()
}

fn read(line: &[u8]) -> Result<Said<'_>, String> {
    serde_json::from_slice(line).map_err(|error| error.to_string())
}

/// What the entry that closes the first batch calls the registry.
fn registry(document: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Closing {
        registry: Option<String>,
    }
    let closing: Closing = serde_json::from_str(document.get()).ok()?;
    closing.registry.map(|id| format!("tpmc.registry/{id}"))
}

/// Notes an entry as the last one about its record.
fn note(
    said: &Said<'_>,
    index: u64,
    leaf: Hash,
    line: &[u8],
    last: &mut HashMap<(Kind, String), Last>,
    findings: &mut Findings,
) {
    let is_removal = said.document.get() == "null";
    let text = str::from_utf8(line).ok().and_then(record_line);
    match (said.kind.parse::<Kind>(), text) {
        (Ok(kind), Some(text)) => {
            let noted = Last {
                index,
                leaf,
                line: (!is_removal).then(|| hash(text.as_bytes())),
                listed: false,
            };
            last.insert((kind, said.code.clone().into_owned()), noted);
        }
        _ => findings.add(
            Finding::new(Fault::EntryUnreadable)
                .record(said.kind.clone(), said.code.clone())
                .entry(signed_number(index))
                .batch(said.batch)
                .found("its form is not known"),
        ),
    }
}
