//! `tpmc verify --bundle`: needs the bundle, and no registry.

use std::path::Path;

use super::{Verify, compare, of_times, signature, trusted};
use crate::commands::trust::TrustError;
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
        let required = self.signatures.required()?;
        let against = self.published()?;
        let sizes: Vec<u64> = against
            .iter()
            .map(|(_, published)| published.checkpoint().size())
            .collect();
        let scratch = tempfile::tempdir()?;
        let bar = context.out.spinner();
        let report = exchange::check_bundle(
            path,
            &required,
            &sizes,
            (scratch.path(), context.now()),
            &|entries| bar.inc(entries),
        );
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
        let place = Path::new("checkpoint");
        let mut signed: Vec<_> = report
            .signers
            .iter()
            .map(|one| signature(one, place))
            .collect();
        for finding in of_times(&report.signers, &origin, context.now()) {
            report.checked.findings.push(finding.field("checkpoint"));
        }
        for (path, published) in &against {
            let roots = &report.roots;
            let root = |wanted| match roots.iter().find(|(size, _)| *size == wanted) {
                Some((_, root)) => Ok(*root),
                None => Err("why-journal-short".into()),
            };
            let (published, checked) = ((*path, published), &mut report.checked);
            signed.extend(trusted(published, &required, context.now(), checked));
            compare(published, Some(&origin), checked, root);
        }
        self.say_whose(&report, context);
        let message = |found: &_| render::message(labels, found);
        let verification = Verification::of(
            Some(origin),
            (self.names(), signed),
            report.checked,
            message,
        );
        context.show(&verification, labels)?;
        if !verification.verified {
            let count = verification.findings.len() + verification.more;
            return Err(Error::BundleFindings(count));
        }
        context.out.say(&message!("receipt-bundle-verified"));
        if self.against.is_empty() {
            context.out.say(&message!("receipt-bundle-compare"));
        }
        Ok(())
    }

    /// Says whose signature was checked, and what that is worth.
    fn say_whose(&self, report: &BundleReport, context: &Context) {
        let out = &context.out;
        if let (true, Some(key)) = (
            self.signatures
                .required()
                .is_ok_and(|required| required.is_nobody()),
            &report.own_key,
        ) {
            let key = key.to_string();
            out.say(&message!("receipt-own-key", key));
            out.say(&message!("receipt-own-key-warning"));
        }
        if !report.is_our_script {
            out.say(&message!("receipt-other-script"));
        }
    }
}
