//! The documents of a bundle: each is one that a source names, and hashes to what the source says.

use std::collections::BTreeMap;

use super::super::DOCUMENTS;
use super::Findings;
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::store::{Fault, Finding, Kind, LARGEST_DOCUMENT, sha256};

/// Looks for the documents that are `named`: SHA-256 and code of the source. The ending of a name is for whoever opens it.
pub(super) fn check(
    archive: &mut Archive,
    mut named: BTreeMap<String, String>,
    findings: &mut Findings,
) -> Result<(), Error> {
    let names = archive.names.iter();
    let names: Vec<String> = names
        .filter(|name| name.starts_with(DOCUMENTS))
        .cloned()
        .collect();
    let most = usize::try_from(LARGEST_DOCUMENT).unwrap_or(usize::MAX);
    let at = |fault, code: String| {
        let finding = Finding::new(fault).record(Kind::Source.word(), code);
        finding.field(DOCUMENTS)
    };
    for name in names {
        let rest = name.strip_prefix(DOCUMENTS).unwrap_or_default();
        let stated = rest.split('.').next().unwrap_or_default();
        let Some(code) = named.remove(stated) else {
            findings.foreign(&name);
            continue;
        };
        let found = sha256(&archive.small(&name, most)?);
        if found != stated {
            let changed = at(Fault::DocumentChanged, code);
            findings.add(changed.expected(stated).found(found));
        }
    }
    for (sha256, code) in named {
        findings.add(at(Fault::DocumentMissing, code).expected(sha256));
    }
    Ok(())
}
