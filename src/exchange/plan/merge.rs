//! What the registry says of a project once a file's statements are taken in.
//!
//! What a file does not say stays. A value that differs is replaced; lists are added to and nothing is taken from them; events
//! are history: a new one is added, and only our own sheet, which numbers them, edits one. A status that stands already is no event, and one that goes back behind
//! another waits for a reviewer.
//!
//! A list that comes again corrects what it stated before: see `statement`. What somebody has changed since, or what other lists
//! state, too, is corrected only when a reviewer accepts it.

mod course;
mod parts;
mod stated;

use std::fmt::Display;

use serde::Serialize;

use self::parts::{Rules, Stated};
use self::stated::{same_amount, same_money};
use super::Proposed;
use super::statement::{Claim, Edition, digest, is_same};
use crate::domain::project_fields;
use crate::exchange::Effect;
use crate::report::{FieldChange, Flaw, OnlyThere, Said, StepBack, field_changes};
use crate::store::{Amount, Document, Participation, Project, ProjectFacts, Risk};

/// The project as it would be.
pub(crate) struct Merged {
    pub(crate) project: Project,
    /// Statuses that go back; they are in the project only when they were accepted.
    pub(crate) backward: Vec<StepBack>,
    /// What the registry says and the file does not: in the lists that the file speaks of, and what it stated before.
    pub(crate) only_in_registry: Vec<OnlyThere>,
    /// Statements that could not be taken in, or only when a reviewer accepts them.
    pub(crate) left_out: Vec<LeftOut>,
    /// Whether each amount of the file stands in the project.
    pub(crate) recorded: Vec<bool>,
}

/// A statement that is not simply taken in.
#[derive(Debug, Clone)]
pub(crate) struct LeftOut {
    pub(crate) field: &'static str,
    pub(crate) said: Said,
    pub(crate) effect: Effect,
}

impl LeftOut {
    fn value(field: &'static str, said: Said) -> Self {
        Self {
            field,
            said,
            effect: Effect::DropValue,
        }
    }

    fn asked(field: &'static str, said: Said) -> Self {
        Self {
            effect: Effect::Ask,
            ..Self::value(field, said)
        }
    }
}

/// Takes `proposed` into `known`, or into a project of which only `facts` are known.
pub(crate) fn merge(
    proposed: &Proposed,
    known: Result<&Project, ProjectFacts>,
    accept_backward: bool,
) -> Merged {
    let (mut project, is_new) = match known {
        Ok(known) => (known.clone(), false),
        Err(facts) => (Project::new(facts), true),
    };
    let mut merging = Merging {
        proposed,
        is_new,
        accept_backward,
        edition: edition(proposed, &project),
        backward: Vec::new(),
        only_in_registry: Vec::new(),
        left_out: Vec::new(),
    };
    merging.facts(&mut project);
    merging.values("hosts", &proposed.hosts, &mut project.hosts);
    merging.values("objectives", &proposed.objectives, &mut project.objectives);
    merging.join(
        "identifiers",
        &proposed.identifiers,
        &mut project.identifiers,
    );
    merging.join("citations", &proposed.citations, &mut project.citations);
    merging.participations(&mut project);
    merging.events(&mut project);
    let recorded = merging.amounts(&mut project);
    merging.risks(&mut project);
    if let Some(edition) = merging.edition {
        edition.write(&mut project);
    }
    Merged {
        project,
        backward: merging.backward,
        only_in_registry: if is_new {
            Vec::new()
        } else {
            merging.only_in_registry
        },
        left_out: merging.left_out,
        recorded,
    }
}

/// What the list stated before. Where the registry kept no origins yet, that are the amounts that cite it.
fn edition<'a>(proposed: &'a Proposed, project: &Project) -> Option<Edition<'a>> {
    let mut edition = Edition::of(proposed.list.as_ref()?, project);
    if edition.is_adopted {
        let sources: Vec<&String> = proposed
            .amounts
            .iter()
            .filter_map(|said| said.source.as_ref())
            .collect();
        let cites = |amount: &&Amount| {
            amount
                .source
                .as_ref()
                .is_some_and(|source| sources.contains(&source))
        };
        let assumed = project.amounts.iter().filter(cites).map(|amount| Claim {
            is_assumed: true,
            ..Claim::new(format!("amounts/{}", amount.number), digest(amount), true)
        });
        edition.before.extend(assumed);
    }
    Some(edition)
}

impl Merged {
    /// What differs from the project before, field by field.
    pub(crate) fn changes(&self, before: Option<&Project>) -> Vec<FieldChange> {
        let document = |project: &Project| Document::from(project.clone());
        field_changes(
            before.map(document).as_ref(),
            Some(&document(&self.project)),
        )
    }
}

struct Merging<'a> {
    proposed: &'a Proposed,
    is_new: bool,
    accept_backward: bool,
    /// The list that is read; none of a project sheet.
    edition: Option<Edition<'a>>,
    backward: Vec<StepBack>,
    only_in_registry: Vec<OnlyThere>,
    left_out: Vec<LeftOut>,
}

impl Merging<'_> {
    fn withdraws(&self) -> bool {
        self.edition.as_ref().is_some_and(Edition::withdraws)
    }

    /// Whether a project sheet speaks of this very record, by its `id`.
    fn is_of_our_sheet(&self) -> bool {
        self.edition.is_none() && self.proposed.id.is_some() && !self.is_new
    }

    fn claim(&mut self, claim: Claim) {
        if let Some(edition) = &mut self.edition {
            edition.now.push(claim);
        }
    }

    fn facts(&mut self, project: &mut Project) {
        let said = self.proposed;
        let facts = &mut project.facts;
        if !facts.identified && said.titles().next().is_some() {
            // What stood in the place of a title says only that none was known.
            facts.identified = true;
            facts.title_en = None;
            facts.title_zh = None;
            facts.title_ja = None;
            facts.title_original = None;
            facts.title_zh_basis = None;
            facts.title_ja_basis = None;
        }
        macro_rules! put {
            ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
                self.field("list_number", said.list_number.as_ref(), &mut facts.list_number);
                $(self.field(stringify!($field), said.$field.as_ref(), &mut facts.$field);)+
            };
        }
        said.replace_translations(facts);
        let mode = facts.mode;
        project_fields!(put);
        if facts.mode != mode && said.mode_basis.is_none() {
            facts.mode_basis = None; // which was that of the other mode
        }
        if let Some(identified) = said.identified {
            facts.identified = identified;
        }
        if self.is_new {
            facts.forum.clone_from(&said.forum);
        } else if said.forum.is_some() && said.forum != facts.forum {
            let said = Flaw::ForumStays.with("code", &facts.code);
            self.left_out.push(LeftOut::value("forum", said));
        }
    }

    /// A value that is stated once.
    fn field<T: Clone + PartialEq + Serialize>(
        &mut self,
        name: &'static str,
        said: Option<&T>,
        known: &mut Option<T>,
    ) {
        let before = self.edition.as_mut().and_then(|edition| edition.take(name));
        let standing = known.as_ref().map(digest).unwrap_or_default();
        match (said, before) {
            (None, None) => {}
            (None, Some(claim)) => {
                let Some(value) = known.as_ref() else { return };
                self.only_in_registry.push(OnlyThere::gone(name, value));
                if claim.recorded == standing && self.withdraws() && !name.starts_with("title_") {
                    *known = None;
                } else {
                    self.claim(claim);
                }
            }
            (Some(value), before) => {
                let stated = digest(value);
                let is_touched = |claim: &Claim| claim.recorded != standing;
                let differs = known.as_ref().is_none_or(|known| !is_same(known, value));
                match before {
                    Some(claim) if differs && claim.stated == stated => {
                        let said = Flaw::ChangedSince.with("what", name);
                        self.left_out.push(LeftOut::value(name, said));
                    }
                    Some(claim) if differs && is_touched(&claim) => {
                        let said = Flaw::DiffersFromRegistry.with("what", name);
                        self.left_out.push(LeftOut::asked(name, said));
                        *known = Some(value.clone());
                    }
                    _ if differs => *known = Some(value.clone()),
                    _ => {}
                }
                self.claim(Claim::new(name.to_owned(), stated, true));
            }
        }
    }

    /// A list of values that a list of others can correct.
    fn values<T: Clone + PartialEq + Display + Serialize>(
        &mut self,
        list: &'static str,
        said: &[T],
        known: &mut Vec<T>,
    ) {
        if self.edition.is_none() {
            return self.join(list, said, known);
        }
        let mut new = Vec::new();
        for value in said {
            let place = format!("{list}/{value}");
            let Some(edition) = &mut self.edition else {
                return;
            };
            if known.contains(value) {
                edition.found(place, String::new(), String::new());
            } else if let Some(claim) = edition.take(&place) {
                let said = Flaw::ChangedSince.with("what", format!("{list} {value}"));
                self.left_out.push(LeftOut::value(list, said));
                edition.now.push(claim);
            } else {
                new.push(value.clone());
                edition.now.push(Claim::new(place, String::new(), true));
            }
        }
        let withdraws = self.withdraws();
        let Some(edition) = &mut self.edition else {
            return;
        };
        let gone: Vec<(Claim, T)> = known
            .iter()
            .filter(|value| !said.contains(value))
            .filter_map(|value| Some((edition.take(&format!("{list}/{value}"))?, value.clone())))
            .collect();
        let is_correction = gone.len() == 1 && new.len() == 1;
        for (claim, value) in gone {
            let is_free = edition.is_untouched(&claim, "");
            if is_free && (is_correction || withdraws) {
                known.retain(|known| *known != value);
            } else {
                edition.now.push(claim);
            }
            if !is_correction || !is_free {
                self.only_in_registry.push(OnlyThere::gone(list, &value));
            }
        }
        known.extend(new);
    }

    /// A list that is only added to.
    fn join<T: Clone + PartialEq + Serialize>(
        &mut self,
        list: &'static str,
        said: &[T],
        known: &mut Vec<T>,
    ) {
        if !said.is_empty() {
            let missing = known.iter().filter(|item| !said.contains(item));
            let only = missing.map(|item| OnlyThere::new(list, item));
            self.only_in_registry.extend(only);
        }
        for item in said {
            if !known.contains(item) {
                known.push(item.clone());
            }
        }
    }

    fn participations(&mut self, project: &mut Project) {
        let said: Vec<&Participation> = self.proposed.participations.iter().collect();
        let same = |known: &Participation, said: &Participation| {
            (&known.party, known.role) == (&said.party, said.role)
        };
        let rules = Rules {
            list: "participations",
            same: &same,
            corrects: &[
                (&same, false),
                (&|known, said| known.party == said.party, true),
                (&|known, said| known.role == said.role, true),
            ],
        };
        self.parts(&said, project, &rules);
    }

    fn amounts(&mut self, project: &mut Project) -> Vec<bool> {
        let said: Vec<&Amount> = self.proposed.amounts.iter().collect();
        let rules = Rules {
            list: "amounts",
            same: &same_amount,
            corrects: &[
                (
                    &|known, said| same_money(known, said) && known.on_date == said.on_date,
                    false,
                ),
                (&same_money, false),
                (
                    &|known, said| {
                        (&known.currency, known.minor_units) == (&said.currency, said.minor_units)
                    },
                    false,
                ),
                (&|_, _| true, true),
            ],
        };
        self.parts(&said, project, &rules)
    }

    fn risks(&mut self, project: &mut Project) {
        let said: Vec<&Risk> = self.proposed.risks.iter().collect();
        let same = |known: &Risk, said: &Risk| {
            (known.category, &known.text, known.on_date)
                == (said.category, &said.text, said.on_date)
        };
        let rules = Rules {
            list: "risks",
            same: &same,
            corrects: &[],
        };
        self.parts(&said, project, &rules);
    }
}

/// Adds a part, with the number that it states where that is free, else with the next. Returns the number.
fn added<P: Stated>(project: &mut Project, part: P) -> i32 {
    let stated = part.number();
    let is_taken = P::of(project).iter().any(|known| known.number() == stated);
    let number = if stated < 1 || is_taken {
        project.next::<P>()
    } else {
        stated
    };
    P::of_mut(project).push(part.numbered(number));
    number
}

#[cfg(test)]
mod again;
#[cfg(test)]
mod tests;
