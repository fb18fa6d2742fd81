//! `tpmc key show`

use std::path::PathBuf;

use clap::Args;

use crate::commands::trust;
use crate::context::Context;
use crate::error::Error;
use crate::language::Labels;
use crate::merkle::key::Kind;
use crate::report::KeyReport;

/// Show the name and the verifier keys of a signing key, and never the key itself
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc key show registry.key")]
pub(crate) struct Show {
    /// File that holds the signing key
    file: PathBuf,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let key = trust::signing_key(&self.file)?;
        let report = KeyReport {
            name: key.name().to_owned(),
            log_key: key.verifier_key(Kind::Log).to_string(),
            witness_key: key.verifier_key(Kind::Witness).to_string(),
        };
        context.show(&report, &Labels::new(context.language, Default::default()))
    }
}
