//! A plan carried out: project after project within one batch.

mod moved;
mod parties;
mod reasons;

use std::collections::HashSet;

use chrono::NaiveDate;

use self::moved::Moved;
use super::ImportError;
use super::making::Making;
use super::world::World;
use crate::context::Context;
use crate::domain::{ProjectCode, fold};
use crate::error::Error;
use crate::exchange::{
    Action, Decision, MatchedBy, NewParty, NewSource, PlanHeader, PlanItem, Proposed, merge,
};
use crate::message::{Explain as _, Message};

use crate::language::Labels;
use crate::report::{ImportResult, are_alike};
use crate::store::{self, Kind, Project, ProjectFacts, Refusal, Writer, project_faults};

/// A batch being made from a plan.
pub(super) struct Applying<'a> {
    header: &'a PlanHeader,
    context: &'a Context,
    /// For the reasons of what is not taken.
    labels: Labels,
    today: NaiveDate,
    world: World,
    making: Making<'a>,
    moved: Moved,
    /// Projects that earlier rows changed.
    changed: HashSet<ProjectCode>,
    result: ImportResult,
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
            today: context.today(),
            world: World::read(&mut writer.reader())?,
            making: Making::new(context, &header.file.name, !moved.records.is_empty()),
            moved,
            changed: HashSet::new(),
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
                self.result.backward += u64::from(!item.backward.is_empty());
                self.result.rejected_rows += count(item);
                return Ok(Some(self.open(item)));
            }
            (Decision::Accept, Action::Same) if !item.asks() => self.result.unchanged += 1,
            (Decision::Accept, Action::Reject) => {
                return Err(of_row(item, "why-refused-values"));
            }
            (Decision::Accept, Action::Add | Action::Possible) => self.add(item, writer)?,
            (Decision::Accept, Action::Change | Action::Same) => match item.code.clone() {
                Some(code) => self.change(&code, item, writer)?,
                None => return Err(of_row(item, "why-no-project-named")),
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
            (Decision::New, Action::Reject) => {
                return Err(of_row(item, "why-refused-values"));
            }
            (Decision::New, _) => {
                // The code is that of the project that it resembles, unless nothing was found.
                item.code.take_if(|_| item.matched_by.is_some());
                self.release(item, writer)?;
                self.add(item, writer)?;
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
        let project = merged.accepted(&proposed, self.today, &self.labels);
        self.save(item, None, project, writer)?;
        self.result.added += 1;
        Ok(())
    }

    /// Takes the identifiers of the row, and its place in the list, from the projects that had them: a reviewer knows that they
    /// are those of another project.
    fn release(&mut self, item: &PlanItem, writer: &mut Writer<'_>) -> Result<(), Error> {
        let said = &item.proposed;
        let candidates = item.candidates.iter();
        let mut codes: Vec<ProjectCode> = candidates.map(|one| one.code.clone()).collect();
        for other in &said.identifiers {
            let mut reader = writer.reader();
            codes.extend(reader.project_with_identifier(&other.scheme, &other.identifier)?);
        }
        let targets = codes.iter().map(|code| Some(code.as_str()));
        for target in targets.chain([None]) {
            let refusal = Refusal::code_of(target, &item.digest);
            if writer.reader().find::<Refusal>(&refusal)?.is_some() {
                writer.remove(Kind::Refusal, &refusal)?;
            }
        }
        for code in codes {
            let Some(mut project) = writer.reader().find::<Project>(code.as_str())? else {
                continue;
            };
            let before = (project.identifiers.len(), project.origins.len());
            (project.identifiers).retain(|known| !said.identifiers.contains(known));
            project.origins.retain(|known| {
                let place = (&known.scheme, &known.identifier);
                said.list
                    .as_ref()
                    .map(|list| (&list.scheme, &list.identifier))
                    != Some(place)
            });
            if (project.identifiers.len(), project.origins.len()) == before {
                continue;
            }
            self.moved.check(Kind::Project, code.as_str());
            if self.moved.in_the_way.is_empty() {
                writer.save(project)?;
            }
        }
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
        Ok(writer.next_project_code(proposed.forum.as_deref())?)
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
        if !self.is_as_shown(code, &before, item) {
            return Err(of_row(item, ALTERED));
        }
        let proposed = std::mem::take(&mut item.proposed);
        let proposed = self
            .making
            .resolved(proposed, &mut self.world, writer)
            .map_err(|error| not_found_of(item, error))?;
        let merged = merge(&proposed, Ok(&before), item.accept_backward);
        let project = merged.accepted(&proposed, self.today, &self.labels);
        if self.save(item, Some(&before), project, writer)? {
            self.result.changed += 1;
        } else {
            self.result.unchanged += 1;
        }
        Ok(())
    }

    /// Whether what `proposed` does to the project is what the plan showed: its changes, and its steps back. A project that another
    /// row changed in this batch, and one that a reviewer named by hand, were not shown in this state.
    fn is_as_shown(&mut self, code: &ProjectCode, before: &Project, item: &PlanItem) -> bool {
        let is_first = self.changed.insert(code.clone());
        let is_shown = item.code.as_ref() == Some(code) && item.action != Action::Possible;
        if !is_first || !is_shown || !self.moved.in_the_way.is_empty() {
            return true;
        }
        let does_so = |accept_backward| {
            let merged = merge(&item.proposed, Ok(before), accept_backward);
            are_alike(&merged.changes(Some(before)), &item.changes)
                && merged.backward == item.backward
        };
        // What was accepted later adds the steps back that the plan shows to the changes that it shows.
        does_so(false) || (item.accept_backward && does_so(true))
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
        project_faults(&project, self.today, &mut known, &mut faults)?;
        if let Some(before) = before.filter(|_| !faults.is_empty()) {
            let mut old = Vec::new();
            project_faults(before, self.today, &mut known, &mut old)?;
            faults.retain(|fault| !old.contains(fault));
        }
        drop(known);
        faults.retain(|fault| !(fault.is_step_back && item.accept_backward));
        if let Some(fault) = faults.first() {
            return Err(of_row(item, fault.message()));
        }
        writer.save(project).map_err(|error| match &error {
            store::Error::Refused { faults, .. } => match faults.first() {
                Some(fault) => of_row(item, fault.message()),
                None => error.into(),
            },
            _ => error.into(),
        })
    }
}

/// Why a project whose changes are not those that were shown is not taken.
const ALTERED: &str = "why-plan-altered";

fn count(item: &PlanItem) -> u64 {
    u64::try_from(item.original.len()).unwrap_or_default()
}

/// What a plan names and is not there is a slip in the plan, in a row of it.
fn not_found_of(item: &PlanItem, error: Error) -> Error {
    match error {
        Error::Store(store::Error::NotFound { .. }) => of_row(item, error.message()),
        error => error,
    }
}

fn of_row(item: &PlanItem, why: impl Into<Message>) -> Error {
    of_row_of(&item.rows, why)
}

fn of_row_of(rows: &[u64], why: impl Into<Message>) -> Error {
    ImportError::Row {
        row: rows.first().copied().unwrap_or(0),
        why: why.into(),
    }
    .into()
}
