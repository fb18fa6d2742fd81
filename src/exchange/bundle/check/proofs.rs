//! The proofs of a bundle, one a record, or the tiles that stand in their place.

use std::collections::HashSet;

use super::super::{PROOFS, TILES, proof_name, tile_name, tiles};
use super::journal::{Journal, Last, signed_number};
use super::{Findings, SHORT};
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::merkle::checkpoint::SignedCheckpoint;
use crate::merkle::hash::HASH_BYTES;
use crate::merkle::proof::InclusionProof;
use crate::merkle::tree::TILE_BYTES;
use crate::merkle::verify::verify_inclusion;
use crate::message::{Explain as _, Message};
use crate::store::{Fault, Finding, Kind};

/// Checks every proof, and that no record is without one; or every tile.
pub(super) fn check(
    archive: &mut Archive,
    journal: &Journal,
    signed: &SignedCheckpoint,
    findings: &mut Findings,
) -> Result<(), Error> {
    let with = |folder: &str, archive: &Archive| -> HashSet<String> {
        let names = archive.names.iter().filter(|name| name.starts_with(folder));
        names.cloned().collect()
    };
    let (mut proofs, mut packed) = (with(PROOFS, archive), with(TILES, archive));
    if !packed.is_empty() {
        compare_tiles(archive, journal, &mut packed, findings)?;
    }
    if packed.is_empty() && proofs.is_empty() && journal.records() > 0 && journal.tiles.is_empty() {
        findings.missing(PROOFS);
    }
    if !proofs.is_empty() {
        let mut last: Vec<_> = journal
            .last
            .iter()
            .filter(|(_, last)| last.line.is_some())
            .collect();
        last.sort_by_key(|(_, last)| last.index);
        for ((kind, code), last) in last {
            let name = proof_name(kind.word(), code);
            if !proofs.remove(&name) {
                findings.add(about(Fault::BundleFileMissing, (*kind, code), last).field(name));
                continue;
            }
            if let Some(why) = wrong_with(&archive.small(&name, SHORT)?, last, signed) {
                let wrong = about(Fault::BundleProof, (*kind, code), last);
                findings.add(wrong.field(name).found(why));
            }
        }
    }
    let mut foreign: Vec<String> = proofs.into_iter().chain(packed).collect();
    foreign.sort();
    for name in foreign {
        findings.foreign(&name);
    }
    Ok(())
}

fn about(fault: Fault, (kind, code): (Kind, &str), last: &Last) -> Finding {
    let finding = Finding::new(fault).record(kind.word(), code);
    finding.entry(signed_number(last.index))
}

/// What is wrong with the proof of a record, when anything is.
fn wrong_with(bytes: &[u8], last: &Last, signed: &SignedCheckpoint) -> Option<Message> {
    let proof = match InclusionProof::parse(bytes) {
        Ok(proof) => proof,
        Err(error) => return Some(error.message()),
    };
    if proof.checkpoint != *signed {
        return Some("why-proof-other-checkpoint".into());
    }
    if proof.index != last.index {
        return Some(message!("why-proof-entry", entry = proof.index));
    }
    let head = signed.checkpoint();
    verify_inclusion(
        &last.leaf,
        last.index,
        head.size(),
        &proof.hashes,
        &head.root(),
    )
    .err()
    .map(|error| error.message())
}

/// Compares the tiles with those that follow from the journal; takes their names off `packed`.
fn compare_tiles(
    archive: &mut Archive,
    journal: &Journal,
    packed: &mut HashSet<String>,
    findings: &mut Findings,
) -> Result<(), Error> {
    for (level, number, width) in tiles(journal.size) {
        let name = tile_name(level, number, width);
        if !packed.remove(&name) {
            findings.missing(&name);
            continue;
        }
        let held = journal.tiles.get(&(level, number));
        let expected = held.and_then(|tile| tile.get(..width * HASH_BYTES));
        if Some(archive.small(&name, TILE_BYTES)?.as_slice()) != expected {
            findings.add(Finding::new(Fault::TreeChanged).field(name));
        }
    }
    Ok(())
}
