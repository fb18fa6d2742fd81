//! What becomes of each project that a file speaks of.

use std::collections::{HashMap, HashSet};

use super::finding::{Finder, Found, title_of};
use super::known::{Known, hash};
use super::world::World;
use crate::domain::{Moment, Names, ProjectCode, seeded_id};
use crate::error::Error;
use crate::exchange::{Action, Decision, Effect, MatchedBy, PlanItem, PlannedFinding, merge};
use crate::report::{Flaw, Said};
use crate::store::{
    Project, ProjectFacts, Reader, Refusal, Rule, Store, project_faults, text_faults,
};

/// Plans one project after another.
pub(super) struct Planner {
    finder: Finder,
    world: World,
    /// Codes of what reviewers refused, hashed.
    refused: HashSet<u64>,
    /// What earlier rows said, hashed, with the row: nothing is taken twice.
    said: HashMap<u64, u64>,
    now: Moment,
}

impl Planner {
    pub(super) fn new(reader: &mut Reader<'_>, now: Moment) -> Result<Self, Error> {
        let mut refused = HashSet::new();
        reader.each::<Refusal>(|refusal| {
            refused.insert(hash(refusal.code.as_str()));
        })?;
        Ok(Self {
            finder: Finder::new(Known::read(reader)?),
            world: World::read(reader)?,
            refused,
            said: HashMap::new(),
            now,
        })
    }

    /// Decides what becomes of `item`.
    pub(super) fn plan(&mut self, item: &mut PlanItem, store: &mut Store) -> Result<(), Error> {
        if item.has_fault() {
            return Ok(());
        }
        if let Some(row) = self.earlier_row(item) {
            item.refuse(Flaw::SaidAlready.with("row", row));
            return Ok(());
        }
        let said = &self.said;
        let is_free = |code: &ProjectCode| !said.contains_key(&hash(&("project", code)));
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
            && self
                .refused
                .contains(&hash(Refusal::code_of(target, &item.digest).as_str()))
        {
            item.action = Action::RefusedBefore;
            item.decision = Decision::Reject;
        }
        Ok(())
    }

    /// The row that said the same, or spoke of the same project, before.
    fn earlier_row(&mut self, item: &PlanItem) -> Option<u64> {
        let mut keys = vec![hash(&("cells", item.digest.as_str()))];
        keys.extend(item.code.as_ref().map(|code| hash(&("code", code))));
        let identifiers = item.proposed.identifiers.iter();
        keys.extend(identifiers.map(|other| hash(&("id", &*other.scheme, &*other.identifier))));
        if let (Some(forum), Some(number)) = (&item.proposed.forum, item.proposed.list_number) {
            keys.push(hash(&("number", forum.as_str(), number)));
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
        if let Some(earlier) = self.said.insert(hash(&("project", &code)), row) {
            let said = Flaw::SpokenOf.with("row", earlier);
            item.refuse(said.with("code", code));
            return Ok(());
        }
        let before = store.read(|reader| reader.one::<Project>(code.as_str()))?;
        self.finder.known.use_slot(&code);
        item.code = Some(code);
        item.matched_by = Some(by);
        let mut known = self.world.with(&self.finder.known);
        weigh(item, Some(&before), &mut known, self.now)
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
        weigh(item, None, &mut known, self.now)
    }

    /// The earlier row with the same title and the same parties.
    fn same_title_in_file(&mut self, item: &PlanItem) -> Option<u64> {
        if item.code.is_some() || !item.proposed.identifiers.is_empty() {
            return None; // it says itself that it is another one
        }
        let titles: Vec<String> = item.proposed.titles().map(crate::domain::fold).collect();
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
        let key = hash(&("title", titles, parties));
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
    now: Moment,
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
    project_faults(&merged.project, now, known, &mut faults)?;
    faults.extend(text_faults(&merged.project));
    if let Some(before) = before {
        let mut old = Vec::new();
        project_faults(before, now, known, &mut old)?;
        faults.retain(|fault| !old.contains(fault));
    }
    faults.retain(|fault| !(fault.is_step_back && item.accept_backward));
    for (column, said) in merged.left_out.clone() {
        item.found(Some(column), said, Effect::DropValue);
    }
    if !faults.is_empty() {
        for fault in faults {
            item.refuse(match (&fault.rule, fault.field.as_str()) {
                (Some((rule, values)), _) => against(*rule, values),
                (None, "title_en") if merged.project.titles() == Names::default() => {
                    Flaw::NoTitle.into()
                }
                _ => Said::from(fault.to_string()),
            });
        }
        return Ok(());
    }
    if let Some(before) = before {
        item.changes = merged.changes(Some(before));
        item.title = Some(title_of(&merged.project));
        (item.action, item.decision) = match (item.changes.is_empty(), is_backward) {
            (true, false) => (Action::Same, Decision::Accept),
            (true, true) => (Action::Change, Decision::Open),
            (false, _) => (Action::Change, Decision::Accept),
        };
    }
    item.backward = merged.backward;
    item.only_in_registry = merged.only_in_registry;
    Ok(())
}

/// A rule of the registry in the words of imports.
fn against(rule: Rule, values: &[(&str, String)]) -> Said {
    let flaw = match rule {
        Rule::InFuture => Flaw::InFuture,
        Rule::NumberTaken => Flaw::NumberTaken,
        Rule::NoForum => Flaw::NoForum,
        Rule::OnlyOfForum => Flaw::OnlyOfForum,
        Rule::NotIdentified => Flaw::NotIdentified,
        Rule::CodeOfOtherForum => Flaw::CodeOfOtherForum,
        Rule::CodeOfForum => Flaw::CodeOfForum,
        Rule::BasisWithoutMode => Flaw::BasisWithoutMode,
        Rule::StandsTwice => Flaw::StandsTwice,
        Rule::StatusTwice => Flaw::StatusTwice,
    };
    let values = values.iter();
    values.fold(flaw.into(), |said, (name, value)| said.with(name, value))
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

    fn found(&mut self, column: Option<&str>, said: Said, effect: Effect) {
        self.findings.push(PlannedFinding {
            row: self.rows.first().copied().unwrap_or(0),
            column: column.map(str::to_owned),
            value: String::new(),
            said,
            effect,
        });
    }

    /// Rejects the project.
    fn refuse(&mut self, said: Said) {
        self.action = Action::Reject;
        self.decision = Decision::Reject;
        self.found(None, said, Effect::DropRow);
    }
}
