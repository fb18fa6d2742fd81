//! The journal of a bundle: hashed line by line, and looked through for the last entry about each record.

use std::collections::{BTreeMap, HashMap, HashSet};

use sha2::{Digest as _, Sha256};

use super::super::{JOURNAL, record_line};
use super::Findings;
use crate::domain::Moment;
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::merkle::append::{Appender, TileMap};
use crate::merkle::checkpoint::SignedCheckpoint;
use crate::merkle::hash::{Hash, leaf_hash};
use crate::message::Message;
use crate::store::{Fault, Finding, Given, JournalReader, Kind, Said};

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
    /// Tiles as they follow from the journal.
    pub(super) tiles: BTreeMap<(u8, u64), Vec<u8>>,
}

impl Journal {
    /// Reads the journal as [`JournalReader`] does at the time `now`, and compares its size and its root with what was signed.
    pub(super) fn read(
        archive: &mut Archive,
        signed: &SignedCheckpoint,
        sizes: &[u64],
        (now, progress): (Moment, &dyn Fn(u64)),
        findings: &mut Findings,
    ) -> Result<Self, Error> {
        let stated = signed.checkpoint();
        let mut tiles = TileMap::default();
        let mut tree = Appender::default();
        let mut reader = JournalReader::new(Some(now));
        let (mut last, mut roots) = (HashMap::new(), Vec::new());
        let mut origin = None;
        archive.lines(JOURNAL, |number, line| {
            if number == stated.size() {
                // Nobody signed for what follows: one finding says so.
                let added = Finding::new(Fault::EntryAdded).entry(signed_number(number));
                findings.add(match Said::read(line) {
                    Ok(said) => added.record(said.kind, said.code),
                    Err(_) => added,
                });
                return false;
            }
            let leaf = leaf_hash(line);
            let Ok(()) = tree.push(leaf, &mut tiles);
            if sizes.contains(&tree.size()) {
                roots.push((tree.size(), tree.root()));
            }
            match Said::read(line) {
                Ok(said) => {
                    let given = entry(&mut reader, number, &said, line, findings);
                    if let Some(Given::Closing(_, Some(id))) = given {
                        origin.get_or_insert(format!("tpmc.registry/{id}"));
                    }
                    note(&said, number, leaf, line, &mut last);
                }
                Err(why) => findings.add(
                    Finding::new(Fault::EntryUnreadable)
                        .entry(signed_number(number))
                        .found(Message::foreign(why)),
                ),
            }
            progress(1);
            true
        })?;
        if let (Some(open), true) = (reader.end(), tree.size() == stated.size()) {
            findings.add(open);
        }
        let Ok(()) = tree.finish(&mut tiles);
        let journal = Self {
            size: tree.size(),
            root: tree.root(),
            batches: reader.batches(),
            roots,
            last,
            tiles: tiles.0,
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
            let other = at(Fault::CheckpointRoot).expected(stated.root().to_string());
            findings.add(other.found(self.root.to_string()));
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
            if let (true, Ok(said)) = (numbers.contains(&number), Said::read(line)) {
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

/// Reads an entry, and adds what is wrong with it.
fn entry(
    reader: &mut JournalReader,
    number: u64,
    said: &Said<'_>,
    line: &[u8],
    findings: &mut Findings,
) -> Option<Given> {
    let mut found = Vec::new();
    let given = reader.read(signed_number(number), said, line, &mut found);
    for finding in found {
        findings.add(match finding.batch {
            Some(_) => finding,
            None => finding.record(said.kind.clone(), said.code.clone()),
        });
    }
    given
}

/// Notes an entry as the last one about its record.
fn note(
    said: &Said<'_>,
    index: u64,
    leaf: Hash,
    line: &[u8],
    last: &mut HashMap<(Kind, String), Last>,
) {
    let text = str::from_utf8(line).ok().and_then(record_line);
    if let (Ok(kind), Some(text)) = (said.kind.parse::<Kind>(), text) {
        let noted = Last {
            index,
            leaf,
            line: (!said.is_removal()).then(|| hash(text.as_bytes())),
            listed: false,
        };
        last.insert((kind, said.code.clone().into_owned()), noted);
    }
}
