//! The list of records against the last entries of the journal, byte for byte.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::Value;

use super::super::RECORDS;
use super::Findings;
use super::journal::{Journal, hash, signed_number};
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::message::Message;
use crate::store::{Fault, Finding, Kind, differences};

/// A record as the list has it.
#[derive(Deserialize)]
struct Line {
    code: String,
    document: Value,
    kind: Kind,
}

/// A record that is not what the journal says, to be compared field by field.
pub(super) struct Differing {
    pub(super) kind: Kind,
    pub(super) code: String,
    pub(super) entry: u64,
    pub(super) found: Value,
}

/// Compares the list of records with the journal; returns the documents that sources name, each by its SHA-256 with the code of the
/// source.
pub(super) fn check(
    archive: &mut Archive,
    journal: &mut Journal,
    findings: &mut Findings,
) -> Result<BTreeMap<String, String>, Error> {
    let (mut differing, mut named) = (Vec::new(), BTreeMap::new());
    archive.lines(RECORDS, |number, bytes| {
        let line: Line = match serde_json::from_slice(bytes) {
            Ok(line) => line,
            Err(error) => {
                let place = format!("{RECORDS}, line {}", number + 1);
                findings.file(&place, Message::foreign(error));
                return true;
            }
        };
        if let (Kind::Source, Some(sha256)) = (line.kind, line.document["file_sha256"].as_str()) {
            named.insert(sha256.to_owned(), line.code.clone());
        }
        let key = (line.kind, line.code);
        match journal.last.get_mut(&key) {
            Some(last) if last.line.is_some() && !last.listed => {
                last.listed = true;
                if last.line != Some(hash(bytes)) {
                    let (kind, code) = key;
                    differing.push(Differing {
                        kind,
                        code,
                        entry: last.index,
                        found: line.document,
                    });
                }
            }
            _ => {
                let unknown = Finding::new(Fault::BundleUnknown).field(RECORDS);
                findings.add(unknown.record(key.0.word(), key.1));
            }
        }
        differing.len() < super::MOST
    })?;
    name_fields(archive, "", differing, findings)?;
    let mut missing: Vec<_> = journal
        .last
        .iter()
        .filter(|(_, last)| last.line.is_some() && !last.listed)
        .collect();
    missing.sort_by_key(|(_, last)| last.index);
    for ((kind, code), last) in missing {
        let gone = Finding::new(Fault::BundleMissing).record(kind.word(), code);
        findings.add(gone.field(RECORDS).entry(signed_number(last.index)));
    }
    Ok(named)
}

/// Names the fields in which records differ from the journal. `place` stands before the name of a field.
pub(super) fn name_fields(
    archive: &mut Archive,
    place: &str,
    differing: Vec<Differing>,
    findings: &mut Findings,
) -> Result<(), Error> {
    if differing.is_empty() {
        return Ok(());
    }
    let numbers: HashSet<u64> = differing.iter().map(|record| record.entry).collect();
    let documents = Journal::documents(archive, &numbers)?;
    for record in differing {
        let said = documents.get(&record.entry).cloned().unwrap_or_default();
        // A package has the fields of this release; an entry, those of the release that wrote it.
        let said = match record.kind.document(said.clone()) {
            Ok(document) if !place.is_empty() => document.to_value()?,
            _ => said,
        };
        let at = |fault| {
            let finding = Finding::new(fault).record(record.kind.word(), &record.code);
            finding.entry(signed_number(record.entry))
        };
        let fields = differences(&said, &record.found);
        if fields.is_empty() && place.is_empty() {
            let unlike = at(Fault::BundleField).field(RECORDS);
            findings.add(unlike.found(Message::from("why-bundle-written-otherwise")));
        }
        for difference in fields {
            let mut finding = at(Fault::BundleField).field(format!("{place}{}", difference.field));
            let text = |text: Option<String>| text.map(|text| message!("foreign", text));
            (finding.expected, finding.found) = (text(difference.journal), text(difference.tables));
            findings.add(finding);
        }
    }
    Ok(())
}
