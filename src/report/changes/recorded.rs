//! Changes on the recorded clock: what the registry said then, and what it says now.

use std::collections::BTreeMap;

use super::{Changes, Corrected, Entered, Moved, Partner, Partners, Period, ProjectName};
use crate::domain::{Language, Role, Standing};
use crate::report::glossary::Glossary;
use crate::report::record_change::{FieldChange, How, RecordChange};
use crate::store::{Document, Kind, Project, Step};

impl Changes {
    /// What `steps`, which are of projects, did over the `period`. The glossary knows their parties.
    pub(crate) fn recorded(
        steps: &[Step],
        period: Period,
        glossary: &Glossary,
        language: Language,
    ) -> Self {
        let mut changes = Self {
            removed: Some(Vec::new()),
            partners: Some(Vec::new()),
            corrected: Some(Vec::new()),
            supplemented: Some(Vec::new()),
            ..Self::empty(period)
        };
        let mut steps: Vec<&Step> = steps.iter().collect();
        steps.sort_by_cached_key(|step| (step.code.len(), step.code.clone()));
        for step in steps.into_iter().filter(|step| step.before != step.after) {
            changes.projects += 1;
            match (project_of(&step.before), project_of(&step.after)) {
                (None, Some(after)) => {
                    let entered = Entered::of(named(after, language), after.standing(None));
                    changes.new.push(entered);
                }
                (Some(before), None) => {
                    let removed = changes.removed.get_or_insert_default();
                    removed.push(named(before, language));
                }
                (Some(before), Some(after)) => {
                    let record = RecordChange::of(step, None);
                    changes.add_differing(before, after, record, glossary, language);
                }
                (None, None) => {}
            }
        }
        changes
    }

    fn add_differing(
        &mut self,
        before: &Project,
        after: &Project,
        record: RecordChange,
        glossary: &Glossary,
        language: Language,
    ) {
        let project = named(after, language);
        let (from, to): (Standing, Standing) = (before.standing(None), after.standing(None));
        let has_moved = from.status != to.status;
        if has_moved {
            self.moved.push(Moved {
                project: project.clone(),
                from: from.status,
                to: to.status,
                status_on: to.status_on,
                path: from.status.into_iter().chain(to.status).collect(),
            });
        }
        let (had, has) = (partners(before), partners(after));
        let gained = only_in(&has, &had, glossary);
        let lost = only_in(&had, &has, glossary);
        let is_told = |difference: &FieldChange| {
            let party = difference
                .last()
                .get("party")
                .and_then(|party| party.as_str());
            let is_of =
                |partners: &[Partner]| partners.iter().any(|one| Some(&*one.party) == party);
            match difference.list.as_deref() {
                Some("participations") if difference.field.is_none() => {
                    is_of(&gained) || is_of(&lost)
                }
                Some("events") if difference.field.is_none() => {
                    let status = difference.last().get("status");
                    has_moved
                        && difference.change == How::Added
                        && status.is_some_and(|status| !status.is_null())
                }
                _ => false,
            }
        };
        let left = record
            .fields
            .into_iter()
            .filter(|difference| !is_told(difference));
        let (supplemented, corrected): (Vec<_>, Vec<_>) =
            left.partition(|difference| difference.change == How::Added);
        if !gained.is_empty() || !lost.is_empty() {
            self.partners.get_or_insert_default().push(Partners {
                project: project.clone(),
                gained,
                lost,
            });
        }
        for (list, fields) in [
            (&mut self.corrected, corrected),
            (&mut self.supplemented, supplemented),
        ] {
            if !fields.is_empty() {
                let project = project.clone();
                list.get_or_insert_default()
                    .push(Corrected { project, fields });
            }
        }
    }
}

fn project_of(document: &Option<Document>) -> Option<&Project> {
    match document {
        Some(Document::Project(project)) => Some(project),
        _ => None,
    }
}

fn named(project: &Project, language: Language) -> ProjectName {
    ProjectName::new(&project.facts.code, project.titles(), language)
}

/// The parties that take part in earnest, with their roles.
fn partners(project: &Project) -> BTreeMap<&str, Vec<Role>> {
    let mut partners = BTreeMap::<&str, Vec<Role>>::new();
    for participation in &project.participations {
        if !participation.prospective {
            let roles = partners.entry(&participation.party).or_default();
            roles.push(participation.role);
        }
    }
    partners
}

fn only_in(
    these: &BTreeMap<&str, Vec<Role>>,
    those: &BTreeMap<&str, Vec<Role>>,
    glossary: &Glossary,
) -> Vec<Partner> {
    let others = these
        .iter()
        .filter(|(party, _)| !those.contains_key(*party));
    let partner = |(party, roles): (&&str, &Vec<Role>)| Partner {
        party: (*party).to_owned(),
        name: glossary
            .name(Kind::Party, party)
            .unwrap_or(party)
            .to_owned(),
        roles: roles.clone(),
    };
    others.map(partner).collect()
}
