//! The rows of a party sheet carried out.

use super::{Applying, of_row_of};
use crate::domain::fold;
use crate::error::Error;
use crate::exchange::{Action, Effect, MatchedBy, PlannedParty, RecordDecision, party_changes};
use crate::message::Explain as _;
use crate::report::are_alike;
use crate::store::{Document, Kind, Party, Refusal, Writer};

impl Applying<'_> {
    /// Carries out what was decided on a party; answers why not, when it is not taken.
    pub(in crate::commands::import) fn party_record(
        &mut self,
        item: &PlannedParty,
        writer: &mut Writer<'_>,
    ) -> Result<Option<String>, Error> {
        match (&item.decision, item.action) {
            (RecordDecision::Reject, _) => return self.reject_party(item, writer).map(Some),
            (RecordDecision::Open, _) => {
                self.result.open += 1;
                self.result.rejected_rows += 1;
                return Ok(Some(self.undecided_party(item)));
            }
            (_, Action::Reject) => {
                return Err(of_row_of(&item.rows, "why-refused-values"));
            }
            (RecordDecision::New, _) | (RecordDecision::Accept, Action::Add | Action::Possible) => {
                self.forget_refusal(item, writer)?;
                self.add_party(item, writer)?;
            }
            (RecordDecision::Accept, Action::Same) => self.result.unchanged += 1,
            (RecordDecision::Accept, Action::Change | Action::RefusedBefore) => {
                self.forget_refusal(item, writer)?;
                match (&item.code, item.matched_by) {
                    (Some(code), Some(by)) => self.change_party(code, by, item, writer)?,
                    _ => self.add_party(item, writer)?,
                }
            }
            (RecordDecision::Same(code), _) => {
                self.forget_refusal(item, writer)?;
                self.change_party(code, MatchedBy::Reviewer, item, writer)?;
            }
        }
        Ok(None)
    }

    fn forget_refusal(&self, item: &PlannedParty, writer: &mut Writer<'_>) -> Result<(), Error> {
        if item.action == Action::RefusedBefore {
            let refusal = Refusal::code_of(None, &item.digest);
            if writer.reader().find::<Refusal>(&refusal)?.is_some() {
                writer.remove(Kind::Refusal, &refusal)?;
            }
        }
        Ok(())
    }

    fn reject_party(
        &mut self,
        item: &PlannedParty,
        writer: &mut Writer<'_>,
    ) -> Result<String, Error> {
        self.result.rejected += 1;
        self.result.rejected_rows += 1;
        let by_hand = item.reason.clone();
        match item.action {
            Action::Reject => {
                let findings = item.findings.iter();
                let grave = findings.filter(|finding| finding.effect >= Effect::DropRow);
                let said: Vec<String> = grave
                    .map(|finding| finding.shown().sentence(&self.labels))
                    .collect();
                Ok(said.join(&self.labels.text("import-separator")))
            }
            Action::RefusedBefore => {
                Ok(by_hand.unwrap_or_else(|| self.labels.text("import-refused_before")))
            }
            _ => {
                let refusal = Refusal::of(
                    None,
                    item.digest.clone(),
                    self.header.file.name.clone(),
                    item.name.clone(),
                    by_hand.clone(),
                );
                self.result.remembered += u64::from(writer.save(refusal)?);
                Ok(by_hand.unwrap_or_else(|| self.labels.text("import-rejected")))
            }
        }
    }

    /// What somebody would have to decide.
    fn undecided_party(&self, item: &PlannedParty) -> String {
        let candidates = item.candidates.iter();
        let candidates: Vec<String> = candidates
            .map(|candidate| format!("{} ({})", candidate.code, candidate.score))
            .collect();
        if candidates.is_empty() {
            return self.labels.text("import-undecided");
        }
        let candidates = self.labels.list(&candidates).into();
        self.labels
            .with("import-undecided-of", &[("candidates", candidates)])
    }

    fn add_party(&mut self, item: &PlannedParty, writer: &mut Writer<'_>) -> Result<(), Error> {
        let said = &item.proposed;
        let names = [
            &said.name_en,
            &said.name_zh,
            &said.name_ja,
            &said.name_native,
        ];
        for name in names.into_iter().flatten() {
            if let Some(code) = self.moved.parties.get(&fold(name)).cloned() {
                self.moved.in_the_way(Kind::Party, &code);
            }
        }
        let code = match item.code.as_ref().filter(|_| item.matched_by.is_none()) {
            Some(code) => {
                if writer.reader().find::<Party>(code)?.is_some() {
                    self.moved.in_the_way(Kind::Party, code);
                    return Ok(());
                }
                code.clone()
            }
            None => writer.next_party_code(names.into_iter().flatten().map(String::as_str))?,
        };
        let id = said
            .id
            .unwrap_or_else(|| self.context.fresh_id(Kind::Party, &code));
        let mut party = said.as_new(&code, id);
        if said.kind.is_none() && party.facts.note.is_none() {
            party.facts.note = Some(format!(
                "From the import of {}, which does not say what kind of party it is.",
                self.header.file.name
            ));
        }
        self.save_party(item, None, party, writer)?;
        self.result.added += 1;
        Ok(())
    }

    fn change_party(
        &mut self,
        code: &str,
        by: MatchedBy,
        item: &PlannedParty,
        writer: &mut Writer<'_>,
    ) -> Result<(), Error> {
        self.moved.check(Kind::Party, code);
        let before = writer.reader().find::<Party>(code)?;
        let Some(before) = before else {
            let why = message!("why-no-party", code);
            return Err(of_row_of(&item.rows, why));
        };
        let after = item.proposed.merged(&before, by);
        let is_shown = item.code.as_deref() == Some(code) && item.matched_by == Some(by);
        let is_in_the_way = !self.moved.in_the_way.is_empty();
        if is_shown
            && !is_in_the_way
            && !are_alike(&party_changes(Some(&before), &after), &item.changes)
        {
            return Err(of_row_of(&item.rows, super::ALTERED));
        }
        if self.save_party(item, Some(&before), after, writer)? {
            self.result.changed += 1;
        } else {
            self.result.unchanged += 1;
        }
        Ok(())
    }

    /// Checks the party again, since a plan can be edited, and saves it.
    fn save_party(
        &mut self,
        item: &PlannedParty,
        before: Option<&Party>,
        party: Party,
        writer: &mut Writer<'_>,
    ) -> Result<bool, Error> {
        if !self.moved.in_the_way.is_empty() {
            return Ok(false); // the plan is refused at the end, with everything that is in its way
        }
        let before = before.map(|before| Document::from(before.clone()));
        let after = Document::from(party.clone());
        let faults = writer.faults(before.as_ref(), &after, self.today)?;
        if let Some(fault) = faults.first() {
            return Err(of_row_of(&item.rows, fault.message()));
        }
        Ok(writer.save(party)?)
    }
}
