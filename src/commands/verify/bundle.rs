//! `tpmc verify --bundle`: needs the bundle, and no registry.

use std::path::Path;

use super::{Verify, compare};
use crate::commands::trust::{KeyArgument, TrustError};
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{self, BundleReport};
use crate::language::Labels;
use crate::render;
use crate::report::Verification;

impl Verify {
    pub(super) fn bundle(
        &self,
        path: &Path,
        context: &Context,
        labels: &Labels,
    ) -> Result<(), Error> {
        let keys = KeyArgument::all(&self.key)?;
        let against = self.published()?;
        let sizes: Vec<u64> = against
            .iter()
            .map(|(_, published)| published.checkpoint().size())
            .collect();
        let scratch = tempfile::tempdir()?;
        let bar = context.out.spinner();
        let report = exchange::check_bundle(path, &keys, &sizes, scratch.path(), &|entries| {
            bar.inc(entries);
        });
        bar.finish_and_clear();
        let mut report = report.map_err(|error| match error {
            exchange::Error::Read(cause) => TrustError::Read {
                path: path.to_owned(),
                cause,
            }
            .into(),
            error => Error::from(error),
        })?;
        let origin = report.signed.checkpoint().origin().to_owned();
        for (path, published) in &against {
            let roots = &report.roots;
            let root = |wanted| match roots.iter().find(|(size, _)| *size == wanted) {
                Some((_, root)) => Ok(*root),
                None => Err("the journal does not reach so far".to_owned()),
            };
            let published = (*path, published);
            compare(published, Some(&origin), &keys, &mut report.checked, root);
        }
        self.say_whose(&report, context);
        let message = |found: &_| render::message(labels, found);
        let verification = Verification::of(Some(origin), self.names(), report.checked, message);
        context.show(&verification, labels)?;
        if !verification.verified {
            let count = verification.findings.len() + verification.more;
            return Err(Error::BundleFindings(count));
        }
        context
            .out
            .status("The records are what the journal says, and the journal is what was signed.");
        if self.against.is_empty() {
            context.out.status("Compare it with a checkpoint that was published earlier, too (--against): it shows that nothing before was rewritten.");
        }
        Ok(())
    }

    /// Says whose signature was checked, and what that is worth.
    fn say_whose(&self, report: &BundleReport, context: &Context) {
        let out = &context.out;
        if let (true, Some(key)) = (self.key.is_empty(), &report.own_key) {
            out.status(&format!(
                "Checked with the key that stands in the bundle itself, {key}."
            ));
            out.status("Whoever alters a bundle can put another key into it: compare this one with the key that the registry's office published, or name that one with --key.");
        }
        for signer in &report.signers {
            out.detail(&format!("Signed by {}.", signer.name));
        }
        if !report.is_our_script {
            out.status("The script verify.py in the bundle is not the one of this release: read it before you run it.");
        }
    }
}
