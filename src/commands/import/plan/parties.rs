//! A plan for a party sheet: which party each row is about, and what it would change.

use crate::message::Explain as _;
use std::collections::HashMap;
use std::io::Write;

use sha2::{Digest as _, Sha256};

use super::{Form, Work};
use crate::commands::import::known::hash;
use crate::commands::import::summing::Summing;
use crate::commands::import::{interrupt, show};
use crate::commands::resemblance::{is_surely, party_candidates};
use crate::domain::{Identity, THRESHOLD, perhaps_unguarded, seeded_id};
use crate::error::Error;
use crate::exchange::{
    self, Action, Effect, IncomingParty, MatchedBy, PlanLine, PlanWriter, PlannedFinding,
    PlannedParty, PlannedRow, ProposedParty, RecordDecision, hex, party_changes,
};
use crate::render::PlanTable;
use crate::report::Flaw;
use crate::store::{Party, Reader, Refusal, Store, party_faults, text_faults};

impl Work<'_> {
    /// Writes the plan of a party sheet, line by line, or as a table.
    pub(super) fn write_parties(
        &mut self,
        form: Form,
        out: &mut dyn Write,
        store: &mut Store,
    ) -> Result<Summing, Error> {
        let mut summing = Summing::of_parties();
        let mut planner = PartyPlanner::default();
        let options = self.plan.reading.options();
        let bar = self.context.out.counter("progress-rows");
        let mut failed = None;
        let mut each = |incoming: IncomingParty| {
            bar.inc(1);
            let done = interrupt::check().and_then(|()| {
                let item = store.read(|reader| planner.plan(incoming, reader))?;
                summing.party_record(&item);
                write_item(form, item, &mut *out)
            });
            failed = done.err();
            failed.is_none()
        };
        let intake = exchange::read_parties(&self.plan.file, &options, &self.references, &mut each);
        bar.finish_and_clear();
        if let Some(error) = failed {
            return Err(error);
        }
        let intake = intake.map_err(|error| Error::of_file(&self.plan.file, error))?;
        self.finish(form, intake, summing, out)
    }
}

fn write_item(form: Form, item: PlannedParty, out: &mut dyn Write) -> Result<(), Error> {
    match form {
        Form::Lines => Ok(PlanWriter::new(out).write(&PlanLine::PartyRecord(item))?),
        Form::Table => {
            let mut table = PlanTable::resume(out);
            show::add_party_to(&mut table, &item)?;
            Ok(table.finish()?)
        }
    }
}

/// Plans one party after another.
#[derive(Default)]
struct PartyPlanner {
    /// What earlier rows said, hashed, with the row.
    said: HashMap<u64, u64>,
    /// New parties of the file by whole name, hashed, with the row and what they are compared by.
    new: HashMap<u64, Vec<(u64, Identity)>>,
}

impl PartyPlanner {
    fn plan(
        &mut self,
        incoming: IncomingParty,
        reader: &mut Reader<'_>,
    ) -> Result<PlannedParty, Error> {
        let mut item = prepared(incoming);
        if item
            .findings
            .iter()
            .any(|finding| finding.effect >= Effect::DropRow)
        {
            return Ok(item);
        }
        if let Some(row) = self.earlier_row(&item) {
            item.refuse(Flaw::PartyRepeated.with("row", row));
            return Ok(item);
        }
        let identity = item.proposed.as_new("", seeded_id("party", "")).identity();
        self.find(&mut item, &identity, reader)?;
        let asks = matches!(item.action, Action::Add | Action::Change | Action::Possible);
        let refusal = Refusal::code_of(None, &item.digest);
        if asks && reader.find::<Refusal>(&refusal)?.is_some() {
            item.action = Action::RefusedBefore;
            item.decision = RecordDecision::Reject;
        }
        Ok(item)
    }

    /// The row that said the same, or named the same party, before.
    fn earlier_row(&mut self, item: &PlannedParty) -> Option<u64> {
        let mut keys = vec![hash(&("cells", item.digest.as_str()))];
        keys.extend(item.code.as_ref().map(|code| hash(&("code", code))));
        let identifiers = item.proposed.identifiers.iter();
        keys.extend(identifiers.map(|other| hash(&("id", &*other.scheme, &*other.identifier))));
        let row = item.rows.first().copied().unwrap_or(0);
        let earlier = keys.iter().find_map(|key| self.said.get(key).copied());
        for key in keys {
            self.said.entry(key).or_insert(row);
        }
        earlier
    }

    /// Finds the party by its code or an identifier, else by its name, and says what becomes of the row.
    fn find(
        &mut self,
        item: &mut PlannedParty,
        identity: &Identity,
        reader: &mut Reader<'_>,
    ) -> Result<(), Error> {
        let stated = item.code.clone();
        let mut found = None;
        if let Some(code) = &stated
            && let Some(party) = reader.find::<Party>(code)?
        {
            if item.proposed.id.is_some_and(|id| id != party.facts.id) {
                let said = Flaw::OtherRecord.with("code", code);
                item.refuse(said.with("id", party.facts.id));
                return Ok(());
            }
            found = Some((party, MatchedBy::Code));
        }
        for other in &item.proposed.identifiers.clone() {
            let owner = reader.party_with_identifier(&other.scheme, &other.identifier)?;
            let Some(owner) = owner else { continue };
            let code = found.as_ref().map(|(party, _)| party.facts.code.clone());
            match code.or_else(|| stated.clone()) {
                Some(code) if code != owner => {
                    let what = format!("{} {}", other.scheme, other.identifier);
                    let said = Flaw::PartyIdentifierElsewhere.with("identifier", what);
                    item.refuse(said.with("owner", owner).with("code", code));
                    return Ok(());
                }
                Some(_) => {}
                None => found = Some((reader.one::<Party>(&owner)?, MatchedBy::Identifier)),
            }
        }
        if let Some((party, by)) = found {
            return self.matched(item, &party, by, reader);
        }
        if stated.is_none() && !identity.names.is_empty() {
            let (sure, alike) = party_candidates(identity, reader)?;
            item.candidates = alike;
            if let Some(party) = sure {
                item.candidates.clear();
                return self.matched(item, &party, MatchedBy::Name, reader);
            }
            if item
                .candidates
                .first()
                .is_some_and(|first| first.score >= THRESHOLD)
            {
                item.ask(None);
                return Ok(());
            }
            if let Some(row) = self.same_name(item, identity) {
                item.ask(Some((Flaw::SameName, row)));
                return Ok(());
            }
        }
        weigh_party(item, None, reader)
    }

    fn matched(
        &mut self,
        item: &mut PlannedParty,
        party: &Party,
        by: MatchedBy,
        reader: &mut Reader<'_>,
    ) -> Result<(), Error> {
        let row = item.rows.first().copied().unwrap_or(0);
        let code = party.facts.code.as_str();
        if let Some(earlier) = self.said.insert(hash(&("party", code)), row) {
            let said = Flaw::SpokenOf.with("row", earlier);
            item.refuse(said.with("code", code));
            return Ok(());
        }
        weigh_party(item, Some((party, by)), reader)
    }

    /// The earlier row about a new party of the same name that may be the same one.
    fn same_name(&mut self, item: &PlannedParty, identity: &Identity) -> Option<u64> {
        let row = item.rows.first().copied().unwrap_or(0);
        let mut earlier = None;
        for name in &identity.names {
            let known = self.new.entry(hash(&name.core)).or_default();
            let same = known
                .iter()
                .find(|(_, other)| is_surely(&identity.likeness(other)));
            earlier = earlier.or(same.map(|(row, _)| *row));
            known.push((row, identity.clone()));
        }
        earlier
    }
}

/// Says what the row would do to the party, or that it would be a new one; what cannot be recorded so is refused.
pub(crate) fn weigh_party(
    item: &mut PlannedParty,
    known: Option<(&Party, MatchedBy)>,
    reader: &mut Reader<'_>,
) -> Result<(), Error> {
    let before = known.map(|(party, _)| party);
    let after = match known {
        Some((party, by)) => item.proposed.merged(party, by),
        None => {
            let code = item.code.as_deref().unwrap_or("new");
            let id = item.proposed.id.unwrap_or_else(|| seeded_id("party", code));
            item.proposed.as_new(code, id)
        }
    };
    let mut faults = text_faults(&after);
    party_faults(&after, reader, &mut faults)?;
    if let Some(before) = before {
        let mut old = text_faults(before);
        party_faults(before, reader, &mut old)?;
        faults.retain(|fault| !old.contains(fault));
    }
    if !faults.is_empty() {
        let said = faults.into_iter().map(|fault| fault.message());
        said.for_each(|said| item.refuse(said));
        return Ok(());
    }
    item.decision = RecordDecision::Accept;
    let Some((before, by)) = known else {
        item.action = Action::Add;
        return Ok(());
    };
    item.code = Some(before.facts.code.clone());
    item.matched_by = Some(by);
    item.changes = party_changes(Some(before), &after);
    item.action = match item.changes.is_empty() {
        true => Action::Same,
        false => Action::Change,
    };
    Ok(())
}

/// A row as an item of a plan that is rejected until it is decided on.
fn prepared(incoming: IncomingParty) -> PlannedParty {
    let mut digest = Sha256::new();
    digest.update("party");
    for cell in &incoming.original {
        digest.update([0x1f]);
        digest.update(perhaps_unguarded(cell)); // so that a row that was given back is known again
    }
    let names = [
        &incoming.name_en,
        &incoming.name_zh,
        &incoming.name_ja,
        &incoming.name_native,
    ];
    let name = names.into_iter().flatten().next().cloned();
    PlannedParty {
        rows: vec![incoming.row],
        action: Action::Reject,
        decision: RecordDecision::Reject,
        reason: None,
        code: incoming.code,
        name,
        matched_by: None,
        candidates: Vec::new(),
        changes: Vec::new(),
        findings: incoming
            .findings
            .into_iter()
            .map(PlannedFinding::from)
            .collect(),
        digest: hex(&digest.finalize()),
        proposed: ProposedParty {
            id: incoming.id,
            name_en: incoming.name_en,
            name_zh: incoming.name_zh,
            name_ja: incoming.name_ja,
            name_native: incoming.name_native,
            country: incoming.country,
            side: incoming.side,
            kind: incoming.kind,
            note: incoming.note,
            other_names: incoming.other_names,
            identifiers: incoming.identifiers,
        },
        original: vec![PlannedRow::from(incoming.original)],
    }
}
