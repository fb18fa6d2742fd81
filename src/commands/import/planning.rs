//! What becomes of each project that a file speaks of.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::finding::{Finder, Found, title_of};
use super::known::{Known, fingerprint};
use super::world::World;
use crate::domain::{Decimal, ProjectCode, names_nothing, seeded_id};
use crate::error::Error;
use crate::exchange::{
    Action, Decision, Effect, MatchedBy, MissingProject, PlanItem, PlannedFinding, merge,
};
use crate::message::Explain as _;
use crate::report::{Flaw, Said, Transition};
use crate::store::{Project, ProjectFacts, Reader, Refusal, Store, project_faults, text_faults};

/// Plans one project after another.
pub(super) struct Planner {
    finder: Finder,
    world: World,
    /// Codes of what reviewers refused, hashed.
    refused: HashSet<u128>,
    /// What earlier rows said, hashed, with the row: nothing is taken twice.
    said: HashMap<u128, u64>,
    /// Projects of the list that is read, of which no row spoke yet.
    unseen: BTreeMap<ProjectCode, MissingProject>,
    today: NaiveDate,
}

impl Planner {
    /// `list` is what the mapping calls the list that is read, and whether its rows have keys.
    pub(super) fn new(
        reader: &mut Reader<'_>,
        list: Option<(&str, bool)>,
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let mut refused = HashSet::new();
        reader.each::<Refusal>(|refusal| {
            refused.insert(fingerprint(refusal.code.as_str()));
        })?;
        let mut unseen = BTreeMap::new();
        if let Some((list, has_key)) = list {
            let mut add = |scheme: String, identifier: String, code: ProjectCode| {
                if scheme == list {
                    let missing = MissingProject {
                        code: code.clone(),
                        scheme,
                        identifier,
                    };
                    unseen.insert(code, missing);
                }
            };
            if has_key {
                reader.each_project_identifier(&mut add)?;
            } else {
                reader.each_project_origin(&mut add)?;
            }
        }
        Ok(Self {
            unseen,
            finder: Finder::new(Known::read(reader)?),
            world: World::read(reader)?,
            refused,
            said: HashMap::new(),
            today,
        })
    }

    /// The projects of the list of which the file did not speak.
    pub(super) fn missing(&mut self) -> impl Iterator<Item = MissingProject> {
        std::mem::take(&mut self.unseen).into_values()
    }

    /// Decides what becomes of `item`.
    pub(super) fn plan(&mut self, item: &mut PlanItem, store: &mut Store) -> Result<(), Error> {
        self.see(item);
        if item.has_fault() {
            return Ok(());
        }
        if let Some(row) = self.earlier_row(item) {
            item.refuse(Flaw::SaidAlready.with("row", row));
            return Ok(());
        }
        let said = &self.said;
        let is_free = |code: &ProjectCode| !said.contains_key(&fingerprint(&("project", code)));
        let found = self
            .finder
            .find(item.code.as_ref(), &item.proposed, &is_free, store)?;
        match found {
            Found::Contradiction(why) => item.refuse(why),
            Found::One(code, by) => self.matched(item, code, by, store)?,
            Found::Several(candidates) => {
                item.action = Action::Possible;
                item.decision = Decision::Open;
                item.candidates = candidates;
            }
            Found::New => self.new_one(item, store)?,
        }
        let target = match item.action {
            Action::Change => item.code.as_ref().map(ProjectCode::as_str),
            _ => None,
        };
        if matches!(item.action, Action::Add | Action::Change | Action::Possible)
            && self.refused.contains(&fingerprint(
                Refusal::code_of(target, &item.digest).as_str(),
            ))
        {
            item.action = Action::RefusedBefore;
            item.decision = Decision::Reject;
        }
        Ok(())
    }

    /// Notes that the file speaks of a project, whatever becomes of its row.
    fn see(&mut self, item: &PlanItem) {
        let known = &self.finder.known;
        let list = item.proposed.list.as_ref();
        let by_key = list.and_then(|list| known.with_identifier(&list.scheme, &list.identifier));
        for code in by_key.into_iter().chain(&item.code) {
            self.unseen.remove(code);
        }
    }

    /// The row that said the same, or spoke of the same project, before.
    fn earlier_row(&mut self, item: &PlanItem) -> Option<u64> {
        let mut keys = vec![fingerprint(&("cells", item.digest.as_str()))];
        keys.extend(item.code.as_ref().map(|code| fingerprint(&("code", code))));
        let identifiers = item.proposed.identifiers.iter();
        keys.extend(
            identifiers.map(|other| fingerprint(&("id", &*other.scheme, &*other.identifier))),
        );
        if let (Some(forum), Some(number)) = (&item.proposed.forum, item.proposed.list_number) {
            keys.push(fingerprint(&("number", forum.as_str(), number)));
        }
        let row = item.rows.first().copied().unwrap_or(0);
        let earlier = keys.iter().find_map(|key| self.said.get(key).copied());
        for key in keys {
            self.said.entry(key).or_insert(row);
        }
        earlier
    }

    /// The project is `code`.
    fn matched(
        &mut self,
        item: &mut PlanItem,
        code: ProjectCode,
        by: MatchedBy,
        store: &mut Store,
    ) -> Result<(), Error> {
        let row = item.rows.first().copied().unwrap_or(0);
        if let Some(earlier) = self.said.insert(fingerprint(&("project", &code)), row) {
            let said = Flaw::SpokenOf.with("row", earlier);
            item.refuse(said.with("code", code));
            return Ok(());
        }
        let before = store.read(|reader| reader.one::<Project>(code.as_str()))?;
        self.unseen.remove(&code);
        self.finder.known.use_slot(&code);
        item.code = Some(code);
        item.matched_by = Some(by);
        let mut known = self.world.with(&self.finder.known);
        weigh(item, Some(&before), &mut known, self.today)
    }

    /// No project of the registry is meant: an agreement that was not identified becomes it, or it is a new one.
    fn new_one(&mut self, item: &mut PlanItem, store: &mut Store) -> Result<(), Error> {
        let forum = item.proposed.forum.clone();
        if let (Some(forum), None) = (&forum, &item.code)
            && item.proposed.titles().next().is_some()
        {
            if let Some(slot) = self.finder.known.take_slot(forum) {
                return self.matched(item, slot, MatchedBy::FreeSlot, store);
            }
            if let Some(agreements) = self.world.agreements_if_complete(forum, &self.finder.known) {
                let said = Flaw::ForumComplete.with("forum", forum);
                item.refuse(said.with("agreements", agreements));
                return Ok(());
            }
        }
        if let Some(row) = self.same_title_in_file(item) {
            item.action = Action::Possible;
            item.decision = Decision::Open;
            item.found(None, Flaw::SameTitle.with("row", row), Effect::DropValue);
            return Ok(());
        }
        item.action = Action::Add;
        item.decision = Decision::Accept;
        let mut known = self.world.with(&self.finder.known);
        weigh(item, None, &mut known, self.today)
    }

    /// The earlier row with the same title and the same parties.
    fn same_title_in_file(&mut self, item: &PlanItem) -> Option<u64> {
        if item.code.is_some() || !item.proposed.identifiers.is_empty() {
            return None; // it says itself that it is another one
        }
        let titles = item.proposed.titles().filter(|title| !names_nothing(title));
        let titles: Vec<String> = titles.map(crate::domain::fold).collect();
        if titles.is_empty() {
            return None;
        }
        let mut parties: Vec<&str> = item
            .proposed
            .participations
            .iter()
            .map(|part| part.party.as_str())
            .collect();
        parties.sort_unstable();
        let key = fingerprint(&("title", titles, parties));
        let row = item.rows.first().copied().unwrap_or(0);
        match self.said.entry(key) {
            std::collections::hash_map::Entry::Occupied(earlier) => Some(*earlier.get()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        }
    }
}

/// Says what `item` would do to the project `before`, or that it would be a new one; what cannot be recorded so is refused.
pub(crate) fn weigh(
    item: &mut PlanItem,
    before: Option<&Project>,
    known: &mut dyn crate::store::Referred,
    today: NaiveDate,
) -> Result<(), Error> {
    let merged = match before {
        Some(before) => merge(&item.proposed, Ok(before), true),
        None => merge(&item.proposed, Err(new_facts(item)?), true),
    };
    let is_backward = !merged.backward.is_empty();
    let merged = if is_backward && !item.accept_backward {
        let quiet = match before {
            Some(before) => merge(&item.proposed, Ok(before), false),
            None => merge(&item.proposed, Err(new_facts(item)?), false),
        };
        crate::exchange::Merged {
            backward: merged.backward,
            ..quiet
        }
    } else {
        merged
    };
    let mut faults = Vec::new();
    project_faults(&merged.project, today, known, &mut faults)?;
    faults.extend(text_faults(&merged.project));
    if let Some(before) = before {
        let mut old = Vec::new();
        project_faults(before, today, known, &mut old)?;
        faults.retain(|fault| !old.contains(fault));
    }
    faults.retain(|fault| !(fault.is_step_back && item.accept_backward));
    for left_out in &merged.left_out {
        let said = left_out.said.clone();
        item.found(Some(left_out.field), said, left_out.effect);
    }
    item.money.nothing_recorded();
    for (amount, is_recorded) in item.proposed.amounts.iter().zip(&merged.recorded) {
        let places = known.currency(amount.currency.as_str())?;
        let places = places.and_then(|currency| u32::try_from(currency.decimal_places?).ok());
        if let Some(places) = places.filter(|_| *is_recorded) {
            let units = Decimal::from_minor_units(amount.minor_units, places);
            item.money.record(amount.currency.as_str(), units);
        }
    }
    if !faults.is_empty() {
        for fault in faults {
            // The flaws name their field.
            let said = Said::from(fault.why.clone());
            item.refuse(match said.what {
                Flaw::Rule => Said::from(fault.message()),
                _ => said,
            });
        }
        return Ok(());
    }
    let status = Transition {
        from: before.and_then(|before| before.standing(None).status),
        to: merged.project.standing(None).status,
    };
    item.status = (status.from != status.to).then_some(status);
    if let Some(before) = before {
        let is_same = merged.project == *before;
        item.changes = match is_same {
            true => Vec::new(),
            false => merged.changes(Some(before)),
        };
        item.title = Some(title_of(&merged.project));
        item.action = match (is_same, is_backward) {
            (true, false) => Action::Same,
            _ => Action::Change,
        };
        item.decision = Decision::Accept;
    }
    let goes_back = is_backward && !item.accept_backward;
    if item.decision == Decision::Accept && (goes_back || item.asks()) {
        item.decision = Decision::Open;
    }
    item.backward = merged.backward;
    item.only_in_registry = merged.only_in_registry;
    Ok(())
}

/// What is known of a new project before its rows are looked at. A code that the file does not state is given when the plan is
/// applied.
pub(super) fn new_facts(item: &PlanItem) -> Result<ProjectFacts, Error> {
    let forum = item.proposed.forum.clone();
    let code = match (&item.code, &forum) {
        (Some(code), _) => code.clone(),
        (None, Some(forum)) => format!("{forum}-000").parse()?,
        (None, None) => "P-0000".parse()?,
    };
    let id = item
        .proposed
        .id
        .unwrap_or_else(|| seeded_id("project", code.as_str()));
    Ok(ProjectFacts::new(code, id, forum))
}

impl PlanItem {
    fn has_fault(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.effect >= Effect::DropRow)
    }

    /// Whether somebody must decide on something that is found in its rows.
    pub(in crate::commands::import) fn asks(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.effect == Effect::Ask)
    }

    /// Notes a finding, unless it is noted already.
    pub(super) fn found(&mut self, column: Option<&str>, said: Said, effect: Effect) {
        let finding = PlannedFinding {
            row: self.rows.first().copied().unwrap_or(0),
            column: column.map(str::to_owned),
            value: String::new(),
            said,
            effect,
        };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Rejects the project.
    fn refuse(&mut self, said: Said) {
        self.action = Action::Reject;
        self.decision = Decision::Reject;
        self.found(None, said, Effect::DropRow);
    }
}
