//! `tpmc verify`

use std::path::{Path, PathBuf};

use clap::Args;

use super::trust::{KeyArgument, Published};
use crate::context::Context;
use crate::error::Error;
use crate::language::Labels;
use crate::merkle::hash::Hash;
use crate::merkle::key::VerifierKey;
use crate::render;
use crate::report::Verification;
use crate::store::{Access, Checked, Fault, Finding};

mod bundle;
mod proof;

/// Check that nothing was rewritten: the journal against its hash tree, and every table against the journal
///
/// Everything that is wrong is listed at once, record and field named. Whoever rewrites the journal, its tree and the tables
/// together leaves no trace in the file: only a checkpoint that was published before shows it (--against). With --proof, a
/// proof made by `tpmc prove` is checked instead, and with --bundle, a bundle made by `tpmc bundle`; no registry is needed for
/// either.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc verify --against 2026-10.checkpoint --key registry.vkey\n         tpmc verify --proof P-0002.tlog-proof --key registry.vkey\n         tpmc verify --bundle AUDIT.zip --key registry.vkey"
)]
pub(crate) struct Verify {
    /// Checkpoint that was published: what it states must still be there (can be repeated)
    #[arg(long, value_name = "CHECKPOINT")]
    against: Vec<PathBuf>,
    /// Verifier key that must have signed, or a file that holds it (can be repeated)
    #[arg(long, value_name = "VKEY")]
    key: Vec<KeyArgument>,
    /// Check this bundle, made by `tpmc bundle`, and not the registry
    #[arg(long, value_name = "AUDIT.zip", conflicts_with = "proof")]
    bundle: Option<PathBuf>,
    /// Compare the search index word by word, which takes longest in a large registry (up to 20000 records it is always done)
    #[arg(long)]
    every_word: bool,
    /// Check this proof, and not the registry
    #[arg(long, value_name = "FILE", requires = "key")]
    proof: Option<PathBuf>,
    /// With --proof: the bytes of the entry, where the proof does not hold them
    #[arg(long, value_name = "FILE", requires = "proof")]
    entry: Option<PathBuf>,
    /// With --proof: the record that it should be about
    #[arg(long, value_name = "CODE", requires = "proof")]
    record: Option<String>,
}

impl Verify {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let labels = Labels::new(context.language, Default::default());
        match (&self.proof, &self.bundle) {
            (Some(proof), _) => self.proof(proof, context, &labels),
            (None, Some(bundle)) => self.bundle(bundle, context, &labels),
            (None, None) => self.registry(context, &labels),
        }
    }

    /// The checkpoints that are compared with.
    fn published(&self) -> Result<Vec<(&Path, Published)>, Error> {
        let mut against = Vec::new();
        for path in &self.against {
            against.push((path.as_path(), Published::read(path)?));
        }
        Ok(against)
    }

    /// Their names.
    fn names(&self) -> Vec<String> {
        let paths = self.against.iter();
        paths.map(|path| path.display().to_string()).collect()
    }

    fn registry(&self, context: &Context, labels: &Labels) -> Result<(), Error> {
        let keys = KeyArgument::all(&self.key)?;
        let against = self.published()?;
        let mut store = context.store(Access::Read)?;
        let path = store.path().to_owned();
        let report = store.read(|reader| {
            let origin = reader.origin().ok();
            let bar = context
                .out
                .progress(reader.journal_size(None).unwrap_or(0).saturating_mul(2));
            let checked = reader.verify(&path, self.every_word, &|rows| bar.inc(rows));
            bar.finish_and_clear();
            let mut checked = checked?;
            for (path, published) in &against {
                let root = |size| reader.root(size).map_err(|error| error.to_string());
                let origin = origin.as_deref();
                compare((path, published), origin, &keys, &mut checked, root);
            }
            let message = |found: &_| render::message(labels, found);
            Ok::<_, Error>(Verification::of(origin, self.names(), checked, message))
        })?;
        context.show(&report, labels)?;
        if !report.verified {
            let of_checkpoint = |found: &crate::report::Found| found.id.starts_with("checkpoint_");
            return Err(Error::Findings {
                count: report.findings.len() + report.more,
                published_only: report.findings.iter().all(of_checkpoint),
            });
        }
        context.out.status(
            "The tables say what the journal says, and the journal agrees with its hash tree.",
        );
        if self.against.is_empty() {
            context.out.status("Compare it with a published checkpoint too (--against): a whole rewritten file agrees with itself.");
        } else if keys.is_empty() {
            context
                .out
                .status("Nobody's signature was checked: name the key with --key.");
        }
        Ok(())
    }
}

/// Compares a journal with a checkpoint; `root` answers its root over so many entries.
fn compare(
    (path, published): (&Path, &Published),
    origin: Option<&str>,
    keys: &[VerifierKey],
    checked: &mut Checked,
    root: impl FnOnce(u64) -> Result<Hash, String>,
) {
    let checkpoint = published.checkpoint();
    let mut add = |fault, expected: &str, found: &str| {
        let mut finding = Finding::new(fault).expected(expected).found(found);
        finding.field = Some(path.display().to_string());
        finding.entry = i64::try_from(checkpoint.size()).ok();
        checked.findings.push(finding);
    };
    match published {
        _ if keys.is_empty() => {}
        Published::Bare(_) => add(
            Fault::CheckpointSignature,
            "a signature",
            "it is not signed",
        ),
        Published::Signed(signed) => {
            if let Err(error) = signed.verify(keys) {
                add(
                    Fault::CheckpointSignature,
                    "a signature",
                    &error.to_string(),
                );
            }
        }
    }
    if origin.is_some_and(|origin| origin != checkpoint.origin()) {
        return add(
            Fault::CheckpointOrigin,
            origin.unwrap_or_default(),
            checkpoint.origin(),
        );
    }
    if checkpoint.size() > checked.entries {
        let (stated, found) = (checkpoint.size().to_string(), checked.entries.to_string());
        return add(Fault::CheckpointSize, &stated, &found);
    }
    let root = root(checkpoint.size());
    if !root.as_ref().is_ok_and(|root| *root == checkpoint.root()) {
        let found = root.map_or_else(|error| error, |root| root.to_string());
        add(
            Fault::CheckpointRoot,
            &checkpoint.root().to_string(),
            &found,
        );
    }
}
