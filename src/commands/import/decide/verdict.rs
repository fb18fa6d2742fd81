//! What a decision makes of a project or a party of a plan.

use super::{Deciding, Named, Verb};
use crate::commands::import::ImportError;
use crate::commands::import::finding::title_of;
use crate::commands::import::known::Known;
use crate::commands::import::plan::weigh_party;
use crate::commands::import::planning::weigh;
use crate::domain::{Invalid, ProjectCode};
use crate::error::Error;
use crate::exchange::{
    Action, Decision, Effect, MatchedBy, PartyDecision, PlanItem, PlannedCandidate, PlannedParty,
    RecordDecision,
};
use crate::message::{Fill, Message};
use crate::report::Flaw;
use crate::store::{Party, Project};

impl Deciding<'_> {
    pub(super) fn party(&mut self) -> Result<PartyDecision, Error> {
        match (self.verb, &self.command.same_as) {
            (Verb::Same, Some(code)) => {
                let party = self.store.read(|reader| reader.one::<Party>(code))?;
                Ok(PartyDecision::Same(party.facts.code))
            }
            (Verb::Accept | Verb::New, _) => Ok(PartyDecision::Add),
            _ => {
                let why = "why-decision-on-party";
                let words = self.command.words.join(" ");
                Err(Invalid::new("what-decision-on-party", words, why).into())
            }
        }
    }

    /// Whether an item can be decided on so. One whose values were refused can only be rejected: named alone, that is an error.
    fn can(&mut self, action: Action, rows: &[u64], named: Named) -> Result<bool, Error> {
        if action != Action::Reject || self.verb == Verb::Reject {
            return Ok(true);
        }
        if named == Named::Alone {
            let why = "why-values-refused";
            return Err(of_row(rows, why));
        }
        self.tally.unreadable += 1;
        Ok(false)
    }

    fn count(&mut self, rows: &[u64]) {
        self.tally.projects += 1;
        self.tally.rows += u64::try_from(rows.len()).unwrap_or_default();
    }

    pub(super) fn party_record(
        &mut self,
        item: &mut PlannedParty,
        named: Named,
    ) -> Result<(), Error> {
        if !self.can(item.action, &item.rows, named)? {
            return Ok(());
        }
        item.reason.clone_from(&self.command.reason);
        match self.verb {
            Verb::Reject => item.decision = RecordDecision::Reject,
            Verb::Open => item.decision = RecordDecision::Open,
            Verb::Accept => item.decision = RecordDecision::Accept,
            Verb::New => item.decision = RecordDecision::New,
            Verb::Same => {
                let code = match &self.command.same_as {
                    Some(code) => code.clone(),
                    None => likeliest(item.candidates.iter().map(|one| (&one.code, one.score)))
                        .map_err(|why| of_row(&item.rows, why))?,
                };
                let decided = self.store.read(|reader| {
                    let before = reader.one::<Party>(&code)?;
                    weigh_party(item, Some((&before, MatchedBy::Reviewer)), reader)
                });
                decided?;
                if item.decision != RecordDecision::Reject {
                    item.decision = RecordDecision::Same(code);
                }
            }
        }
        self.count(&item.rows);
        Ok(())
    }

    pub(super) fn project(&mut self, item: &mut PlanItem, named: Named) -> Result<(), Error> {
        if !self.can(item.action, &item.rows, named)? {
            return Ok(());
        }
        item.reason.clone_from(&self.command.reason);
        match self.verb {
            Verb::Reject => item.decision = Decision::Reject,
            Verb::Open => item.decision = Decision::Open,
            Verb::Accept => {
                if item.action == Action::Possible {
                    self.weigh_new(item)?;
                }
                if item.action != Action::Reject {
                    item.decision = Decision::Accept;
                }
                item.accept_backward = self.command.backward;
            }
            Verb::New => self.new_project(item)?,
            Verb::Same => self.same(item)?,
        }
        self.count(&item.rows);
        Ok(())
    }

    /// The project is another one than the one that the plan found, which becomes a candidate.
    fn new_project(&mut self, item: &mut PlanItem) -> Result<(), Error> {
        if let Some(by) = item.matched_by {
            self.let_go(item, by)?;
        }
        item.action = Action::Add;
        item.decision = Decision::Accept; // whatever was decided before
        item.accept_backward = self.command.backward;
        self.weigh_new(item)?;
        if item.decision != Decision::Reject {
            item.decision = Decision::New;
        }
        Ok(())
    }

    /// Parts the row from the project that the plan found.
    ///
    /// # Errors
    /// When the row has the number of that project in the list of a forum: no two agreements have one number.
    fn let_go(&mut self, item: &mut PlanItem, by: MatchedBy) -> Result<(), Error> {
        let Some(code) = item.code.take() else {
            return Ok(());
        };
        let known = self
            .store
            .read(|reader| reader.one::<Project>(code.as_str()))?;
        if let Some(number) = item.proposed.list_number
            && known.facts.list_number == Some(number)
        {
            let why = message!("why-not-new", code, number);
            return Err(of_row(&item.rows, why));
        }
        let proposed = &mut item.proposed;
        proposed.id = None; // which is the record of the project that was found
        let kept = proposed.identifiers.iter();
        let kept = kept.filter(|one| known.identifiers.contains(one));
        let moved: Vec<String> = kept
            .map(|one| format!("{} {}", one.scheme, one.identifier))
            .collect();
        item.title = proposed.titles().next().map(str::to_owned);
        for identifier in moved {
            let said = Flaw::IdentifierMoves.with("identifier", identifier);
            item.found(None, said.with("owner", &code), Effect::DropValue);
        }
        item.matched_by = None;
        item.changes.clear();
        item.only_in_registry.clear();
        let candidate = PlannedCandidate {
            title: title_of(&known),
            code,
            score: 1.0,
            reasons: vec![(by.word().to_owned(), 1.0)],
        };
        item.candidates.insert(0, candidate);
        Ok(())
    }

    /// Says what the project would be as a new one: what of its money is recorded is known from then on.
    fn weigh_new(&mut self, item: &mut PlanItem) -> Result<(), Error> {
        let known = Known::default();
        weigh(item, None, &mut self.world.with(&known), self.today)
    }

    /// The project is the one that was named, else its likeliest candidate.
    fn same(&mut self, item: &mut PlanItem) -> Result<(), Error> {
        let code: ProjectCode = match &self.command.same_as {
            Some(code) => code.parse()?,
            None => likeliest(item.candidates.iter().map(|one| (&one.code, one.score)))
                .map_err(|why| of_row(&item.rows, why))?,
        };
        let before = self
            .store
            .read(|reader| reader.one::<Project>(code.as_str()))?;
        item.accept_backward = self.command.backward;
        item.code = Some(code.clone());
        item.matched_by = Some(MatchedBy::Reviewer);
        let known = Known::default();
        weigh(
            item,
            Some(&before),
            &mut self.world.with(&known),
            self.today,
        )?;
        if item.decision != Decision::Reject {
            item.decision = Decision::Same(code);
        }
        Ok(())
    }
}

/// The candidate with the highest score, when there is one.
fn likeliest<'a, C: Clone + Fill + 'a>(
    candidates: impl Iterator<Item = (&'a C, f64)>,
) -> Result<C, Message> {
    let mut candidates: Vec<(&C, f64)> = candidates.collect();
    candidates.sort_by(|left, right| right.1.total_cmp(&left.1));
    match candidates.as_slice() {
        [] => Err(message!("why-no-candidate")),
        [(first, score), (second, other), ..] if score <= other => {
            Err(message!("why-same-score", first, second))
        }
        [(first, _), ..] => Ok((*first).clone()),
    }
}

fn of_row(rows: &[u64], why: impl Into<Message>) -> Error {
    ImportError::Row {
        row: rows.first().copied().unwrap_or(0),
        why: why.into(),
    }
    .into()
}
