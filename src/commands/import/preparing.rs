//! What a row says on its own, before the registry is asked: its digest, and its parties and sources resolved.

use sha2::{Digest as _, Sha256};

use super::names::{Parties, Sources};
use super::resolving::{Resolved, Resolver};
use crate::domain::perhaps_unguarded;
use crate::error::Error;
use crate::exchange::{
    Action, Decision, Effect, Incoming, NewParty, NewSource, PlanItem, PlannedFinding, PlannedRow,
    Proposed, hex,
};
use crate::store::Reader;

/// Prepares one project after another.
pub(super) struct Preparer {
    resolver: Resolver,
    mapping: String,
}

/// A project of the plan, and what it names for the first time.
pub(super) struct Planned {
    /// Whether all money in its rows is an amount or a finding.
    pub(super) adds_up: bool,
    pub(super) item: PlanItem,
    pub(super) parties: Vec<NewParty>,
    pub(super) sources: Vec<NewSource>,
}

impl Preparer {
    /// `mapping` is the text of the mapping that the file is read through.
    pub(super) fn new(reader: &mut Reader<'_>, mapping: &str) -> Result<Self, Error> {
        Ok(Self {
            resolver: Resolver {
                parties: Parties::read(reader)?,
                sources: Sources::read(reader)?,
            },
            mapping: mapping.to_owned(),
        })
    }

    /// `incoming` as an item of a plan that is rejected, until it is decided on.
    pub(super) fn prepare(&mut self, mut incoming: Incoming) -> Planned {
        let digest = self.digest(&incoming);
        if let Some(list) = incoming.list.as_mut().filter(|list| !list.has_key) {
            list.identifier.clone_from(&digest);
        }
        let adds_up = incoming.money_adds_up();
        let findings = std::mem::take(&mut incoming.findings);
        let is_refused = findings
            .iter()
            .any(|finding| finding.effect >= Effect::DropRow);
        // Of a row with a fault, too, so that whoever reads the plan knows which one it is.
        let titles = [
            &incoming.title_en,
            &incoming.title_zh,
            &incoming.title_ja,
            &incoming.title_original,
        ];
        let title = titles.into_iter().flatten().next().cloned();
        let money = std::mem::take(&mut incoming.money);
        let resolved = if is_refused {
            Resolved {
                proposed: Proposed {
                    list: incoming.list.take(), // so that the list is seen to speak of the project
                    ..Proposed::default()
                },
                ..Resolved::default()
            }
        } else {
            self.resolver.resolve(&mut incoming)
        };
        let all = findings.into_iter().chain(resolved.findings);
        let item = PlanItem {
            rows: incoming.rows,
            action: Action::Reject,
            decision: Decision::Reject,
            reason: None,
            code: incoming.code,
            title,
            matched_by: None,
            candidates: Vec::new(),
            changes: Vec::new(),
            status: None,
            backward: Vec::new(),
            accept_backward: false,
            only_in_registry: Vec::new(),
            findings: all.map(PlannedFinding::from).collect(),
            money,
            digest,
            proposed: resolved.proposed,
            original: incoming
                .original
                .into_iter()
                .map(PlannedRow::from)
                .collect(),
        };
        Planned {
            adds_up,
            item,
            parties: resolved.parties,
            sources: resolved.sources,
        }
    }

    /// SHA-256 of what the source says: of the mapping and of every cell.
    fn digest(&self, incoming: &Incoming) -> String {
        let mut digest = Sha256::new();
        digest.update(&self.mapping);
        for row in &incoming.original {
            for cell in row {
                digest.update([0x1f]);
                digest.update(perhaps_unguarded(cell)); // so that a row that was given back is known again
            }
            digest.update([0x1e]);
        }
        hex(&digest.finalize())
    }
}
