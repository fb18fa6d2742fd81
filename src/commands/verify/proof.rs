//! `tpmc verify --proof`: needs the proof and keys, and no registry.

use std::path::Path;

use serde_json::Value;

use super::Verify;
use crate::commands::trust::{self, TrustError, impossible_times};
use crate::context::Context;
use crate::domain::Moment;
use crate::error::Error;
use crate::language::Labels;
use crate::merkle::checkpoint::{Checkpoint, Signer};
use crate::merkle::consistency::ConsistencyProof;
use crate::merkle::proof::{InclusionProof, ProofError};
use crate::report::ProofReport;

impl Verify {
    pub(super) fn proof(
        &self,
        path: &Path,
        context: &Context,
        labels: &Labels,
    ) -> Result<(), Error> {
        let required = self.signatures.required()?;
        let bytes = trust::read(path)?;
        let failed = |cause: ProofError| TrustError::Proof(path.to_owned(), cause);
        if bytes.starts_with(ConsistencyProof::HEADER.as_bytes()) {
            let proof = ConsistencyProof::parse(&bytes).map_err(failed)?;
            let [kept] = self.against.as_slice() else {
                return Err(TrustError::NoEarlier(path.to_owned()).into());
            };
            let signers = proof
                .verify(&trust::signed_checkpoint(kept)?, &required)
                .map_err(failed)?;
            let report = ProofReport {
                from: Some(proof.from()),
                ..report(proof.checkpoint().checkpoint(), &signers, context)?
            };
            context.show(&report, labels)?;
            context.out.say(&message!("receipt-growth-proved"));
            return Ok(());
        }
        let proof = InclusionProof::parse(&bytes).map_err(failed)?;
        if !self.against.is_empty() {
            return Err(TrustError::NotCompared(path.to_owned()).into());
        }
        let entry = match &self.entry {
            Some(file) => trust::read(file)?,
            None if proof.extra.is_empty() => {
                return Err(TrustError::NoEntry(path.to_owned()).into());
            }
            None => proof.extra.clone(),
        };
        let signers = proof.verify(&entry, &required).map_err(failed)?;
        let said: Value = serde_json::from_slice(&entry).map_err(TrustError::Entry)?;
        let text = |key: &str| said.get(key).and_then(Value::as_str).map(str::to_owned);
        let (kind, code) = (text("kind"), text("code"));
        if let Some(wanted) = self
            .record
            .as_ref()
            .filter(|wanted| code.as_ref() != Some(wanted))
        {
            return Err(TrustError::OtherRecord {
                kind: kind.unwrap_or_default(),
                code: code.unwrap_or_default(),
                wanted: wanted.clone(),
            }
            .into());
        }
        let size = proof.checkpoint.checkpoint().size();
        let later = size.saturating_sub(proof.index.saturating_add(1));
        let report = ProofReport {
            entry: Some(proof.index),
            kind,
            code,
            batch: said.get("batch").and_then(Value::as_i64),
            document: said.get("document").cloned(),
            later_entries: Some(later),
            ..report(proof.checkpoint.checkpoint(), &signers, context)?
        };
        context.show(&report, labels)?;
        context.out.say(&message!("receipt-entry-proved"));
        if later > 1 {
            context
                .out
                .say(&message!("receipt-may-have-changed", count = later));
        }
        Ok(())
    }
}

fn report(
    checkpoint: &Checkpoint,
    signers: &[Signer],
    context: &Context,
) -> Result<ProofReport, TrustError> {
    let wrong = impossible_times(signers, checkpoint.origin(), context.now());
    if let Some((name, stated, possible)) = wrong.into_iter().next() {
        return Err(TrustError::Time {
            name,
            stated,
            possible,
        });
    }
    let signer = |signer: &Signer| match signer.time.and_then(Moment::of_timestamp) {
        Some(time) => format!("{} ({time})", signer.name),
        None => signer.name.clone(),
    };
    Ok(ProofReport {
        origin: checkpoint.origin().to_owned(),
        entries: checkpoint.size(),
        root: checkpoint.root().to_string(),
        signatures: signers.iter().map(signer).collect(),
        from: None,
        entry: None,
        kind: None,
        code: None,
        batch: None,
        document: None,
        later_entries: None,
    })
}
