//! The data package of a bundle against the last entries of the journal: read back as an import reads it, and compared.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::super::{PACKAGE, RECORDS};
use super::journal::{Journal, hash, signed_number};
use super::records::{Differing, name_fields};
use super::{Findings, MOST};
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::exchange::datapackage::{DESCRIPTOR, descriptor_bytes, package_files, read_folder};
use crate::message::Message;
use crate::store::{Document, Fault, Finding, Kind};

/// Compares the package with the journal. It is unpacked into a new folder in `scratch`.
pub(super) fn check(
    archive: &mut Archive,
    journal: &Journal,
    scratch: &Path,
    findings: &mut Findings,
) -> Result<(), Error> {
    let scratch = &scratch.join("package");
    fs::create_dir_all(scratch)?;
    for name in package_files() {
        let packed = format!("{PACKAGE}{name}");
        if !archive.names.contains(&packed) {
            return Ok(()); // which is a finding of its own
        }
        archive.unpack(&packed, &scratch.join(name))?;
    }
    if fs::read(scratch.join(DESCRIPTOR))? != descriptor_bytes(false)? {
        let place = format!("{PACKAGE}{DESCRIPTOR}");
        findings.file(&place, "why-bundle-descriptor");
    }
    let mut seen = HashSet::new();
    let mut differing = Vec::new();
    let read = read_folder(scratch, &mut |document| {
        compare(&document, journal, &mut seen, &mut differing, findings);
        differing.len() < MOST
    });
    match read {
        Ok(()) => {}
        Err(Error::Line { file, line, why }) => {
            findings.file(&format!("{PACKAGE}{file}, line {line}"), why);
            return Ok(());
        }
        Err(Error::NotOurs { file, why }) => {
            findings.file(&format!("{PACKAGE}{file}"), why);
            return Ok(());
        }
        Err(Error::Json(error)) => {
            findings.file(PACKAGE, Message::foreign(error));
            return Ok(());
        }
        Err(error) => return Err(error),
    }
    name_fields(archive, PACKAGE, differing, findings)?;
    let here = journal.last.iter().filter(|(_, last)| last.line.is_some());
    let mut missing: Vec<_> = here
        .filter(|(_, last)| !seen.contains(&last.index))
        .collect();
    missing.sort_by_key(|(_, last)| last.index);
    for ((kind, code), last) in missing {
        let gone = Finding::new(Fault::BundleMissing).record(kind.word(), code);
        findings.add(gone.field(PACKAGE).entry(signed_number(last.index)));
    }
    Ok(())
}

fn compare(
    document: &Document,
    journal: &Journal,
    seen: &mut HashSet<u64>,
    differing: &mut Vec<Differing>,
    findings: &mut Findings,
) {
    let (kind, code): (Kind, &str) = (document.kind(), document.code());
    let known = journal.last.get(&(kind, code.to_owned()));
    match known.filter(|last| last.line.is_some() && seen.insert(last.index)) {
        None => {
            let unknown = Finding::new(Fault::BundleUnknown).record(kind.word(), code);
            findings.add(unknown.field(PACKAGE));
        }
        Some(last) => {
            let Ok(found) = document.to_value() else {
                return findings.file(RECORDS, "error-record-as-json");
            };
            let line = json!({"code": code, "document": found, "format": 1, "id": document.id(), "kind": kind});
            if last.line != Some(hash(line.to_string().as_bytes())) {
                differing.push(Differing {
                    kind,
                    code: code.to_owned(),
                    entry: last.index,
                    found,
                });
            }
        }
    }
}
