//! A plan carried out: project after project within one batch.

use std::collections::HashMap;

use super::ImportError;
use super::finding::identity_of;
use super::making::Making;
use super::world::World;
use crate::context::Context;
use crate::domain::{Moment, ProjectCode, ProjectIdentity, fold};
use crate::error::Error;
use crate::exchange::{
    Action, Decision, MatchedBy, NewParty, NewSource, PlanHeader, PlanItem, Proposed, merge,
};

use crate::language::Labels;
use crate::report::ImportResult;
use crate::store::{self, Document, Kind, Project, ProjectFacts, Refusal, Writer, project_faults};

/// A batch being made from a plan.
pub(super) struct Applying<'a> {
    header: &'a PlanHeader,
    context: &'a Context,
    /// For the reasons of what is not taken.
    labels: Labels,
    now: Moment,
    world: World,
    making: Making<'a>,
    moved: Moved,
    /// The codes given last, by forum.
    last_codes: HashMap<Option<String>, ProjectCode>,
    result: ImportResult,
}

/// What happened to the registry since the plan was made.
#[derive(Default)]
struct Moved {
    records: HashMap<(Kind, String), ()>,
    /// Projects that are new since then.
    projects: Vec<(String, ProjectIdentity)>,
    /// Names of the parties that are new since then, folded, with their codes.
    parties: HashMap<String, String>,
    in_the_way: Vec<String>,
}

impl Moved {
    fn since(batch: i64, writer: &mut Writer<'_>) -> Result<Self, Error> {
        let mut moved = Self::default();
        let mut reader = writer.reader();
        let last = reader.batches(i64::MAX, Some(1))?;
        let last = last.first().map_or(0, |batch| batch.number);
        if last <= batch {
            return Ok(moved);
        }
        let touched = reader.touched(batch, last)?;
        for kind in [Kind::Project, Kind::Party, Kind::Source] {
            for place in touched.places_of(kind) {
                let step = reader.trace(&touched, place)?.read()?;
                if step.before == step.after {
                    continue;
                }
                match (&step.before, &step.after) {
                    (None, Some(Document::Project(project))) => {
                        let new = (step.code.clone(), identity_of(project));
                        moved.projects.push(new);
                    }
                    (None, Some(Document::Party(party))) => {
                        let names = party.names();
                        for name in [names.en, names.zh, names.ja, names.native] {
                            moved
                                .parties
                                .extend(name.map(|name| (fold(name), step.code.clone())));
                        }
                    }
                    _ => {}
                }
                moved.records.insert((kind, step.code), ());
            }
        }
        Ok(moved)
    }

    fn check(&mut self, kind: Kind, code: &str) {
        if self.records.contains_key(&(kind, code.to_owned())) {
            self.in_the_way(kind, code);
        }
    }

    fn in_the_way(&mut self, kind: Kind, code: &str) {
        let named = format!("{kind} {code}");
        if !self.in_the_way.contains(&named) {
            self.in_the_way.push(named);
        }
    }
}

impl<'a> Applying<'a> {
    pub(super) fn begin(
        header: &'a PlanHeader,
        context: &'a Context,
        writer: &mut Writer<'_>,
    ) -> Result<Self, Error> {
        let moved = Moved::since(header.registry.batch, writer)?;
        Ok(Self {
            header,
            context,
            labels: context.labels(&mut writer.reader())?,
            now: context.now(),
            world: World::read(&mut writer.reader())?,
            making: Making::new(context, &header.file.name, !moved.records.is_empty()),
            moved,
            last_codes: HashMap::new(),
            result: ImportResult::default(),
        })
    }

    pub(super) fn party(&mut self, party: NewParty) {
        if let Some(code) = self.moved.parties.get(&fold(&party.name)) {
            let code = code.clone();
            self.moved.in_the_way(Kind::Party, &code);
        }
        self.making.party(party);
    }

    pub(super) fn source(&mut self, source: NewSource) {
        self.making.source(source);
    }

    /// Carries out what was decided on a project; answers why not, when it is not taken.
    pub(super) fn project(
        &mut self,
        item: &mut PlanItem,
        writer: &mut Writer<'_>,
    ) -> Result<Option<String>, Error> {
        match (&item.decision, item.action) {
            (Decision::Reject, _) => return self.rejected(item, writer).map(Some),
            (Decision::Open, _) => {
                self.result.open += 1;
                self.result.rejected_rows += count(item);
                return Ok(Some(self.open(item)));
            }
            (Decision::Accept, Action::Same) => self.result.unchanged += 1,
            (Decision::Accept, Action::Reject) => {
                return Err(of_row(item, "what was refused cannot be accepted"));
            }
            (Decision::Accept, Action::Add | Action::Possible) => self.add(item, writer)?,
            (Decision::Accept, Action::Change) => match item.code.clone() {
                Some(code) => self.change(&code, item, writer)?,
                None => return Err(of_row(item, "it does not say which project changes")),
            },
            (Decision::Accept, Action::RefusedBefore) => {
                let target = item.matched_by.and(item.code.clone());
                let code = target.as_ref().map(ProjectCode::as_str);
                let refusal = Refusal::code_of(code, &item.digest);
                if writer.reader().find::<Refusal>(&refusal)?.is_some() {
                    writer.remove(Kind::Refusal, &refusal)?;
                }
                match target {
                    Some(code) => self.change(&code, item, writer)?,
                    None => self.add(item, writer)?,
                }
            }
            (Decision::Same(code), _) => self.change(&code.clone(), item, writer)?,
        }
        Ok(None)
    }

    /// # Errors
    /// [`ImportError::Overtaken`] when the registry moved under the plan in a way that matters.
    pub(super) fn finish(self) -> Result<ImportResult, Error> {
        if !self.moved.in_the_way.is_empty() {
            return Err(ImportError::Overtaken {
                made_at: self.header.made_at,
                records: self.moved.in_the_way,
            }
            .into());
        }
        Ok(ImportResult {
            new_parties: self.making.parties_made,
            new_sources: self.making.sources_made,
            ..self.result
        })
    }

    fn rejected(&mut self, item: &PlanItem, writer: &mut Writer<'_>) -> Result<String, Error> {
        self.result.rejected += 1;
        self.result.rejected_rows += count(item);
        let by_hand = item.reason.clone();
        match item.action {
            Action::Reject => Ok(self.faults(item)),
            Action::RefusedBefore => {
                Ok(by_hand.unwrap_or_else(|| self.labels.text("import-refused_before")))
            }
            _ => {
                let target = item.matched_by.and(item.code.as_ref());
                let refusal = Refusal::of(
                    target.map(ToString::to_string),
                    item.digest.clone(),
                    self.header.file.name.clone(),
                    item.title.clone(),
                    by_hand.clone(),
                );
                self.result.remembered += u64::from(writer.save(refusal)?);
                Ok(by_hand.unwrap_or_else(|| self.labels.text("import-rejected")))
            }
        }
    }

    /// What was wrong with the rows.
    fn faults(&self, item: &PlanItem) -> String {
        let grave = item
            .findings
            .iter()
            .filter(|finding| finding.effect >= crate::exchange::Effect::DropRow);
        let said: Vec<String> = grave
            .map(|finding| finding.shown().sentence(&self.labels))
            .collect();
        said.join(&self.labels.text("import-separator"))
    }

    /// What somebody would have to decide.
    fn open(&self, item: &PlanItem) -> String {
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

    fn add(&mut self, item: &mut PlanItem, writer: &mut Writer<'_>) -> Result<(), Error> {
        if !self.moved.projects.is_empty() {
            let identity = item.proposed.identity();
            let same = self
                .moved
                .projects
                .iter()
                .find(|(_, other)| identity.is_surely(other));
            if let Some((code, _)) = same {
                let code = code.clone();
                self.moved.in_the_way(Kind::Project, &code);
            }
        }
        let proposed = std::mem::take(&mut item.proposed);
        let proposed = self
            .making
            .resolved(proposed, &mut self.world, writer)
            .map_err(|error| not_found_of(item, error))?;
        let code = self.code(item, &proposed, writer)?;
        let id = proposed
            .id
            .unwrap_or_else(|| self.context.fresh_id(Kind::Project, code.as_str()));
        let facts = ProjectFacts::new(code, id, proposed.forum.clone());
        let merged = merge(&proposed, Err(facts), item.accept_backward);
        self.save(item, None, merged.project, writer)?;
        self.result.added += 1;
        Ok(())
    }

    /// The code of a new project: what the file calls it, else the next one.
    fn code(
        &mut self,
        item: &PlanItem,
        proposed: &Proposed,
        writer: &mut Writer<'_>,
    ) -> Result<ProjectCode, Error> {
        if let Some(code) = &item.code {
            if writer.reader().find::<Project>(code.as_str())?.is_some() {
                self.moved.in_the_way(Kind::Project, code.as_str());
            }
            return Ok(code.clone());
        }
        let forum = proposed.forum.clone();
        let code = match self.last_codes.get(&forum) {
            Some(last) => writer.project_code_after(forum.as_deref(), last)?,
            None => writer.next_project_code(forum.as_deref())?,
        };
        self.last_codes.insert(forum, code.clone());
        Ok(code)
    }

    fn change(
        &mut self,
        code: &ProjectCode,
        item: &mut PlanItem,
        writer: &mut Writer<'_>,
    ) -> Result<(), Error> {
        self.moved.check(Kind::Project, code.as_str());
        let before: Project = (writer.reader().one(code.as_str()))
            .map_err(|error| not_found_of(item, error.into()))?;
        if item.matched_by == Some(MatchedBy::FreeSlot) && before.facts.identified {
            self.moved.in_the_way(Kind::Project, code.as_str());
        }
        let proposed = std::mem::take(&mut item.proposed);
        let proposed = self
            .making
            .resolved(proposed, &mut self.world, writer)
            .map_err(|error| not_found_of(item, error))?;
        let merged = merge(&proposed, Ok(&before), item.accept_backward);
        if self.save(item, Some(&before), merged.project, writer)? {
            self.result.changed += 1;
        } else {
            self.result.unchanged += 1;
        }
        Ok(())
    }

    /// Checks the project again, since a plan can be edited, and saves it.
    fn save(
        &mut self,
        item: &PlanItem,
        before: Option<&Project>,
        project: Project,
        writer: &mut Writer<'_>,
    ) -> Result<bool, Error> {
        if !self.moved.in_the_way.is_empty() {
            return Ok(false); // the plan is refused at the end, with everything that is in its way
        }
        let mut known = self.world.within(writer);
        let mut faults = Vec::new();
        project_faults(&project, self.now, &mut known, &mut faults)?;
        if let Some(before) = before.filter(|_| !faults.is_empty()) {
            let mut old = Vec::new();
            project_faults(before, self.now, &mut known, &mut old)?;
            faults.retain(|fault| !old.contains(fault));
        }
        drop(known);
        faults.retain(|fault| !(fault.is_step_back && item.accept_backward));
        if let Some(fault) = faults.first() {
            return Err(of_row(item, &fault.to_string()));
        }
        writer.save(project).map_err(|error| match &error {
            store::Error::Refused { faults, .. } if !faults.is_empty() => {
                let fault = faults.first().map(ToString::to_string);
                of_row(item, &fault.unwrap_or_default())
            }
            _ => error.into(),
        })
    }
}

fn count(item: &PlanItem) -> u64 {
    u64::try_from(item.original.len()).unwrap_or_default()
}

/// What a plan names and is not there is a slip in the plan, in a row of it.
fn not_found_of(item: &PlanItem, error: Error) -> Error {
    match error {
        Error::Store(store::Error::NotFound { .. }) => of_row(item, &error.to_string()),
        error => error,
    }
}

fn of_row(item: &PlanItem, why: &str) -> Error {
    ImportError::Row {
        row: item.rows.first().copied().unwrap_or(0),
        why: why.to_owned(),
    }
    .into()
}
