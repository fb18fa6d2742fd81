//! Checks a bundle: the checkpoint's signatures, the journal against the checkpoint, the records and the data package against
//! the journal, and every proof. Everything that is wrong is found at once, record and field named.

mod documents;
mod journal;
mod package;
mod proofs;
mod records;
mod replay;

use std::path::Path;

use super::{CHECKPOINT, JOURNAL, KEY, PACKAGE, README, RECORDS, SCRIPT};
use crate::domain::Moment;
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::exchange::datapackage::package_files;
use crate::merkle::checkpoint::{SignedCheckpoint, Signer};
use crate::merkle::hash::Hash;
use crate::merkle::key::VerifierKey;
use crate::merkle::policy::{Policy, Required};
use crate::message::Message;
use crate::store::{Checked, Fault, Finding};
use journal::Journal;

/// Findings that are kept; of a bundle that is wrong all over, more would help nobody.
const MOST: usize = 1_000;
/// Bytes of the longest file that is no journal, no list of records and no table.
const SHORT: usize = 2_000_000;

/// The result of a check of a bundle.
pub(crate) struct BundleReport {
    pub(crate) checked: Checked,
    pub(crate) signed: SignedCheckpoint,
    /// Those whose signatures were checked.
    pub(crate) signers: Vec<Signer>,
    /// The key that stands in the bundle.
    pub(crate) own_key: Option<VerifierKey>,
    /// Whether the script in the bundle is the one that this program writes.
    pub(crate) is_our_script: bool,
    /// The roots at the sizes that were asked about, as far as the journal reaches.
    pub(crate) roots: Vec<(u64, Hash)>,
}

/// What is wrong, as far as it is kept.
#[derive(Default)]
struct Findings {
    kept: Vec<Finding>,
    more: usize,
}

impl Findings {
    fn add(&mut self, finding: Finding) {
        if self.kept.len() < MOST {
            self.kept.push(finding);
        } else {
            self.more += 1;
        }
    }

    /// Something is wrong with a file of the bundle.
    fn file(&mut self, name: &str, what: impl Into<Message>) {
        self.add(
            Finding::new(Fault::BundleFile)
                .field(name)
                .found(what.into()),
        );
    }

    fn missing(&mut self, name: &str) {
        self.add(Finding::new(Fault::BundleFileMissing).field(name));
    }

    fn foreign(&mut self, name: &str) {
        self.add(Finding::new(Fault::BundleFileForeign).field(name));
    }
}

/// Checks the bundle at `path` at the time `now`. The signatures that are `required` are checked, or that of its own key when
/// none is. `sizes` are those of which the roots are wanted; `scratch` is a folder for files, which the caller removes.
pub(crate) fn check(
    path: &Path,
    required: &Required,
    sizes: &[u64],
    (scratch, now): (&Path, Moment),
    progress: &dyn Fn(u64),
) -> Result<BundleReport, Error> {
    let mut archive = Archive::open(path)?;
    for name in [CHECKPOINT, JOURNAL, RECORDS] {
        if !archive.names.contains(name) {
            return Err(archive.damaged(message!("why-no-part", part = name)));
        }
    }
    let mut findings = Findings::default();
    let signed = SignedCheckpoint::parse(&archive.small(CHECKPOINT, SHORT)?)
        .map_err(|why| archive.damaged(message!("why-in-part", part = CHECKPOINT, why)))?;
    let own_key = own_key(&mut archive, required, &mut findings)?;
    let verified = match required.is_nobody() {
        true => signed.verify(own_key.as_slice()),
        false => required.verify(&signed),
    };
    let signers = verified.unwrap_or_else(|error| {
        let wrong = Finding::new(Fault::CheckpointSignature).field(CHECKPOINT);
        findings.add(wrong.found(error));
        Vec::new()
    });
    let progress = (now, progress);
    let mut journal = Journal::read(&mut archive, &signed, sizes, progress, &mut findings)?;
    if findings.kept.is_empty() {
        replay::check(&mut archive, scratch, &mut findings)?;
    }
    let named = records::check(&mut archive, &mut journal, &mut findings)?;
    documents::check(&mut archive, named, &mut findings)?;
    package::check(&mut archive, &journal, scratch, &mut findings)?;
    proofs::check(&mut archive, &journal, &signed, &mut findings)?;
    readme(&mut archive, &signed, own_key.as_ref(), &mut findings)?;
    let script = match archive.names.contains(SCRIPT) {
        true => archive.small(SCRIPT, SHORT)?,
        false => Vec::new(),
    };
    foreign(&archive, &mut findings);
    Ok(BundleReport {
        checked: Checked {
            batches: journal.batches,
            entries: journal.size,
            records: journal.records(),
            root: journal.root,
            findings: findings.kept,
            more: findings.more,
        },
        signed,
        signers,
        own_key,
        is_our_script: script == super::write::script()?.as_bytes(),
        roots: journal.roots,
    })
}

/// The key in the bundle, which is worth nothing as long as nobody else says so; a finding when it is none of those given.
fn own_key(
    archive: &mut Archive,
    required: &Required,
    findings: &mut Findings,
) -> Result<Option<VerifierKey>, Error> {
    if !archive.names.contains(KEY) {
        return Ok(None);
    }
    let logs = required.policy.as_ref().map_or(&[][..], Policy::logs);
    let given = [&required.keys[..], logs].concat();
    let text = String::from_utf8_lossy(&archive.small(KEY, SHORT)?).into_owned();
    let key: Option<VerifierKey> = text.trim_end().parse().ok();
    match &key {
        None => findings.file(KEY, "why-not-a-verifier-key"),
        Some(key) if !given.is_empty() && !given.contains(key) => {
            findings.add(
                Finding::new(Fault::BundleKey)
                    .field(KEY)
                    .found(key.to_string()),
            );
        }
        Some(_) => {}
    }
    Ok(key)
}

/// Compares the README with the one that this program writes for this checkpoint and this key: it must not mislead anybody.
fn readme(
    archive: &mut Archive,
    signed: &SignedCheckpoint,
    key: Option<&VerifierKey>,
    findings: &mut Findings,
) -> Result<(), Error> {
    if let (Some(key), true) = (key, archive.names.contains(README)) {
        let expected = super::write::readme(signed, key);
        if archive.small(README, SHORT)? != expected.as_bytes() {
            findings.file(README, "why-bundle-readme");
        }
    }
    Ok(())
}

/// Names what is missing, and what has no place in a bundle. Documents, proofs and tiles are looked at on their own.
fn foreign(archive: &Archive, findings: &mut Findings) {
    let expected = [README, SCRIPT, CHECKPOINT, KEY, JOURNAL, RECORDS];
    let package = package_files().map(|name| format!("{PACKAGE}{name}"));
    let expected: Vec<String> = expected
        .map(str::to_owned)
        .into_iter()
        .chain(package)
        .collect();
    for name in &expected {
        if !archive.names.contains(name) {
            findings.missing(name);
        }
    }
    for name in &archive.names {
        let own_checks = [super::DOCUMENTS, super::PROOFS, super::TILES];
        let has_its_own_check = own_checks.iter().any(|folder| name.starts_with(folder));
        if !has_its_own_check && !expected.contains(name) {
            findings.foreign(name);
        }
    }
}
