//! `tpmc verify`

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::trust::{Published, Signatures, impossible_times};
use crate::context::Context;
use crate::domain::Moment;
use crate::error::Error;
use crate::language::Labels;
use crate::merkle::checkpoint::Signer;
use crate::merkle::hash::Hash;
use crate::merkle::policy::Required;
use crate::message::{Explain as _, Message};
use crate::render;
use crate::report::{Signed, Verification};
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
#[command(group = ArgGroup::new("signed").multiple(true).args(["against", "proof", "bundle"]))]
#[command(group = ArgGroup::new("who").multiple(true).args(["key", "witnesses"]))]
pub(crate) struct Verify {
    /// Checkpoint that was published: what it states must still be there (can be repeated)
    #[arg(long, value_name = "CHECKPOINT")]
    against: Vec<PathBuf>,
    #[command(flatten)]
    signatures: Signatures,
    /// Check this bundle, made by `tpmc bundle`, and not the registry
    #[arg(long, value_name = "AUDIT.zip", conflicts_with = "proof")]
    bundle: Option<PathBuf>,
    /// Compare the search index word by word, which takes longest in a large registry (up to 20000 records it is always done)
    #[arg(long)]
    every_word: bool,
    /// Check this proof, and not the registry
    #[arg(long, value_name = "FILE", requires = "who")]
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
        let required = self.signatures.required()?;
        let against = self.published()?;
        let mut store = context.store(Access::Inspect)?;
        let path = store.path().to_owned();
        let on_server = store.compare_with_server()?;
        let report = store.read(|reader| {
            let has_tables = reader.has_tables()?;
            let (mut origin, mut size) = (None, 0);
            if has_tables {
                origin = reader.origin().ok();
                size = reader.journal_size(None).unwrap_or(0);
            }
            let bar = context.out.progress(size.saturating_mul(2));
            let checked = reader.verify(&path, self.every_word, &|rows| bar.inc(rows));
            bar.finish_and_clear();
            let mut checked = checked?;
            checked.findings.extend(on_server);
            let mut signed = Vec::new();
            for (path, published) in against.iter().filter(|_| has_tables) {
                let root = |size| reader.root(size).map_err(|error| error.message());
                let origin = origin.as_deref();
                signed.extend(trusted(
                    (path, published),
                    &required,
                    context.now(),
                    &mut checked,
                ));
                compare((path, published), origin, &mut checked, root);
            }
            let message = |found: &_| render::message(labels, found);
            let against = (self.names(), signed);
            Ok::<_, Error>(Verification::of(origin, against, checked, message))
        })?;
        context.show(&report, labels)?;
        if !report.verified {
            let of_checkpoint = |found: &crate::report::Found| found.id.starts_with("checkpoint_");
            return Err(Error::Findings {
                count: report.findings.len() + report.more,
                published_only: report.findings.iter().all(of_checkpoint),
            });
        }
        context.out.say(&message!("receipt-verified"));
        if self.against.is_empty() {
            context.out.say(&message!("receipt-compare"));
        } else if required.is_nobody() {
            context.out.say(&message!("receipt-no-signature"));
        }
        Ok(())
    }
}

/// What is wrong with a published checkpoint, in the file at `path`.
fn at(fault: Fault, path: &Path, published: &Published) -> Finding {
    let finding = Finding::new(fault).field(path.display().to_string());
    finding.entry(i64::try_from(published.checkpoint().size()).unwrap_or(i64::MAX))
}

/// Checks the signatures of a checkpoint, and the times that they state; answers those that are good.
fn trusted(
    (path, published): (&Path, &Published),
    required: &Required,
    now: Moment,
    checked: &mut Checked,
) -> Vec<Signed> {
    if required.is_nobody() {
        return Vec::new();
    }
    let verified = match published {
        Published::Bare(_) => Err("why-not-signed".into()),
        Published::Signed(signed) => required.verify(signed).map_err(|error| error.message()),
    };
    match verified {
        Ok(signers) => {
            let origin = published.checkpoint().origin();
            for finding in of_times(&signers, origin, now) {
                let number = i64::try_from(published.checkpoint().size()).unwrap_or(i64::MAX);
                let place = path.display().to_string();
                checked.findings.push(finding.field(place).entry(number));
            }
            signers.iter().map(|one| signature(one, path)).collect()
        }
        Err(why) => {
            let wrong = at(Fault::CheckpointSignature, path, published);
            checked
                .findings
                .push(wrong.expected(Message::from("what-a-signature")).found(why));
            Vec::new()
        }
    }
}

/// Cosignatures that state a time at which they cannot have been made.
fn of_times(signers: &[Signer], origin: &str, now: Moment) -> Vec<Finding> {
    let wrong = impossible_times(signers, origin, now).into_iter();
    let finding = |(name, stated, possible): (String, String, String)| {
        let finding = Finding::new(Fault::CosignatureTime).expected(possible);
        finding.found(format!("{name}, {stated}"))
    };
    wrong.map(finding).collect()
}

/// A good signature on the checkpoint in the file at `path`.
fn signature(signer: &Signer, path: &Path) -> Signed {
    Signed {
        checkpoint: path.display().to_string(),
        name: signer.name.clone(),
        key: format!("{:08x}", signer.key_id),
        time: signer.time.and_then(Moment::of_timestamp),
    }
}

/// Compares a journal with a checkpoint; `root` answers its root over so many entries.
fn compare(
    (path, published): (&Path, &Published),
    origin: Option<&str>,
    checked: &mut Checked,
    root: impl FnOnce(u64) -> Result<Hash, Message>,
) {
    let checkpoint = published.checkpoint();
    let mut add = |fault, expected: &str, found: Message| {
        let finding = at(fault, path, published).expected(expected);
        checked.findings.push(finding.found(found));
    };
    if origin.is_some_and(|origin| origin != checkpoint.origin()) {
        return add(
            Fault::CheckpointOrigin,
            origin.unwrap_or_default(),
            message!("foreign", text = checkpoint.origin()),
        );
    }
    if checkpoint.size() > checked.entries {
        let found = message!("foreign", text = checked.entries);
        return add(Fault::CheckpointSize, &checkpoint.size().to_string(), found);
    }
    let root = root(checkpoint.size());
    if !root.as_ref().is_ok_and(|root| *root == checkpoint.root()) {
        let found = root.map_or_else(
            |why| why,
            |root| message!("foreign", text = root.to_string()),
        );
        add(Fault::CheckpointRoot, &checkpoint.root().to_string(), found);
    }
}
