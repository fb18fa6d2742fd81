//! The parts of a project beside those that a file states: which of them are the same, which are corrected, and which are new.

use std::collections::BTreeSet;

use super::super::statement::{Claim, digest};
use super::{LeftOut, Merging, added};
use crate::report::{Flaw, OnlyThere};
use crate::store::{Part, Project};

/// Whether a statement is about a part of the registry.
type Pairs<'r, P> = &'r dyn Fn(&P, &P) -> bool;

/// How the parts of one sort are compared.
pub(super) struct Rules<'r, P> {
    pub(super) list: &'static str,
    /// Whether a part of the registry says what is stated.
    pub(super) same: Pairs<'r, P>,
    /// Whether a statement corrects a part that the list stated before, tried in this order; with true, only where as many
    /// statements as parts are left that fit.
    pub(super) corrects: &'r [(Pairs<'r, P>, bool)],
}

/// A part that a file can state.
pub(super) trait Stated: Part + PartialEq {
    /// Adds to a part of the registry what the file says beyond it.
    fn complete(&mut self, _said: &Self) {}

    /// What `known` becomes when the list corrects it. With `keep`, what it does not say any more stays.
    fn corrected(known: &Self, said: &Self, keep: bool) -> Self;

    fn numbered(self, number: i32) -> Self;

    /// Whether it is left in the project, and not spoken of, when the list does not say it any more.
    fn is_history(&self, _said: &[&Self]) -> bool {
        false
    }

    /// Whether what is stated is meant to be all parts of this sort.
    fn are_all(said: &[&Self]) -> bool {
        !said.is_empty()
    }

    /// Puts a part into the project, in the place of `known` or as a new one. Returns its number, or none where it is not put.
    fn put(self, known: Option<&Self>, project: &mut Project, _: &mut Merging<'_>) -> Option<i32> {
        Some(put(self, known, project))
    }
}

pub(super) fn put<P: Stated>(part: P, known: Option<&P>, project: &mut Project) -> i32 {
    let Some(known) = known else {
        return added(project, part);
    };
    let number = known.number();
    let place = P::of_mut(project)
        .iter_mut()
        .find(|other| other.number() == number);
    if let Some(place) = place {
        *place = part.numbered(number);
    }
    number
}

impl Merging<'_> {
    /// Takes in the parts of one sort; tells of each whether the registry has it now.
    pub(super) fn parts<P: Stated>(
        &mut self,
        said: &[&P],
        project: &mut Project,
        rules: &Rules<'_, P>,
    ) -> Vec<bool> {
        let mut parts = Parts {
            said,
            rules,
            open: (0..said.len()).collect(),
            taken: BTreeSet::new(),
            recorded: vec![false; said.len()],
        };
        parts.unchanged(project, self);
        if self.is_of_our_sheet() {
            parts.numbered(project, self);
        }
        parts.known(project, self, |known, said| digest(known) == digest(said));
        parts.corrected(project, self);
        parts.known(project, self, |known, said| (rules.same)(known, said));
        for place in std::mem::take(&mut parts.open) {
            if let Some(part) = said.get(place) {
                let number = (*part).clone().put(None, project, self);
                parts.recorded(place, number, project, self);
            }
        }
        parts.missing(project, self);
        parts.recorded
    }
}

/// The parts of one sort while they are compared.
struct Parts<'s, 'r, P> {
    said: &'s [&'s P],
    rules: &'r Rules<'r, P>,
    /// Statements that are not settled.
    open: Vec<usize>,
    /// Numbers of the parts that a statement is about.
    taken: BTreeSet<i32>,
    recorded: Vec<bool>,
}

impl<P: Stated> Parts<'_, '_, P> {
    fn place(&self, number: i32) -> String {
        format!("{}/{number}", self.rules.list)
    }

    fn done(&mut self, place: usize) {
        self.open.retain(|open| *open != place);
        if let Some(recorded) = self.recorded.get_mut(place) {
            *recorded = true;
        }
    }

    /// What the edition before stated in the same words: the registry has it, or somebody has changed it since.
    fn unchanged(&mut self, project: &Project, merging: &mut Merging<'_>) {
        let Some(edition) = &mut merging.edition else {
            return;
        };
        for place in self.open.clone() {
            let Some(said) = self.said.get(place) else {
                continue;
            };
            let Some(claim) = edition.take_stated(self.rules.list, &digest(said)) else {
                continue;
            };
            let number = claim.number(self.rules.list);
            let known = P::of(project)
                .iter()
                .find(|known| Some(known.number()) == number);
            let stands = known.is_some_and(|known| {
                digest(known) == claim.recorded || (self.rules.same)(known, said)
            });
            self.taken.extend(number);
            self.done(place);
            if !stands {
                if let Some(recorded) = self.recorded.get_mut(place) {
                    *recorded = false;
                }
                let what = claim.place.replace('/', " ");
                let said = Flaw::ChangedSince.with("what", what);
                merging.left_out.push(LeftOut::value(self.rules.list, said));
            }
            edition.now.push(claim);
        }
    }

    /// The parts that have the number of a part of the registry: our own sheet names the part so, and corrects it.
    fn numbered(&mut self, project: &mut Project, merging: &mut Merging<'_>) {
        for place in self.open.clone() {
            let Some(said) = self.said.get(place) else {
                continue;
            };
            let known = P::of(project)
                .iter()
                .find(|known| known.number() == said.number() && said.number() > 0);
            let Some(known) = known.filter(|known| !self.taken.contains(&known.number())) else {
                continue;
            };
            let (known, part) = (known.clone(), P::corrected(known, said, true));
            let is_taken_in = known == part || part.put(Some(&known), project, merging).is_some();
            self.taken.insert(known.number());
            if is_taken_in {
                self.done(place);
            } else {
                self.open.retain(|open| *open != place);
            }
        }
    }

    /// What the registry says already, whoever said it.
    fn known(
        &mut self,
        project: &mut Project,
        merging: &mut Merging<'_>,
        same: impl Fn(&P, &P) -> bool,
    ) {
        for place in self.open.clone() {
            let Some(said) = self.said.get(place) else {
                continue;
            };
            let found = P::of_mut(project)
                .iter_mut()
                .find(|known| !self.taken.contains(&known.number()) && same(known, said));
            let Some(known) = found else { continue };
            known.complete(said);
            let number = known.number();
            let recorded = digest(known);
            self.taken.insert(number);
            if let Some(edition) = &mut merging.edition {
                edition.found(self.place(number), digest(said), recorded);
            }
            self.done(place);
        }
    }

    /// What the list stated otherwise before.
    fn corrected(&mut self, project: &mut Project, merging: &mut Merging<'_>) {
        for (corrects, as_many) in self.rules.corrects {
            for place in self.open.clone() {
                let Some(edition) = &mut merging.edition else {
                    return;
                };
                let Some(said) = self.said.get(place) else {
                    continue;
                };
                let known: Vec<P> = P::of(project)
                    .iter()
                    .filter(|known| {
                        let place = self.place(known.number());
                        edition.before.iter().any(|claim| claim.place == place)
                            && !self.taken.contains(&known.number())
                            && corrects(known, said)
                    })
                    .cloned()
                    .collect();
                let Some(first) = known.first() else { continue };
                let rivals = self.open.iter().filter_map(|place| self.said.get(*place));
                let rivals = rivals.filter(|other| corrects(first, other)).count();
                if *as_many && known.len() != rivals {
                    continue;
                }
                let Some(claim) = edition.take(&self.place(first.number())) else {
                    continue;
                };
                let part = P::corrected(first, said, !edition.withdraws());
                let is_free = edition.is_untouched(&claim, &digest(first));
                let number = part.put(Some(first), project, merging);
                if number.is_none() {
                    merging.claim(claim);
                    self.taken.insert(first.number());
                    self.open.retain(|open| *open != place);
                    continue;
                }
                if !is_free {
                    let what = claim.place.replace('/', " ");
                    let said = Flaw::DiffersFromRegistry.with("what", what);
                    merging.left_out.push(LeftOut::asked(self.rules.list, said));
                }
                self.recorded(place, number, project, merging);
            }
        }
    }

    /// Notes that a statement stands in the project under this number.
    fn recorded(
        &mut self,
        place: usize,
        number: Option<i32>,
        project: &Project,
        merging: &mut Merging<'_>,
    ) {
        let (Some(number), Some(said)) = (number, self.said.get(place)) else {
            return;
        };
        let known = P::of(project).iter().find(|known| known.number() == number);
        if let Some(known) = known {
            let claim = Claim::new(self.place(number), digest(said), true);
            merging.claim(Claim {
                recorded: digest(known),
                ..claim
            });
        }
        self.taken.insert(number);
        self.done(place);
    }

    /// What the list stated before and states no more, and what only the registry says.
    fn missing(&mut self, project: &mut Project, merging: &mut Merging<'_>) {
        let list = self.rules.list;
        let mut gone = BTreeSet::new();
        for known in P::of(project) {
            if self.taken.contains(&known.number()) {
                continue;
            }
            let place = self.place(known.number());
            let claim = merging.edition.as_mut().and_then(|edition| {
                let claim = edition.take(&place).filter(|claim| !claim.is_assumed);
                claim.map(|claim| (edition.is_untouched(&claim, &digest(known)), claim))
            });
            match claim {
                Some((_, claim)) if known.is_history(self.said) => merging.claim(claim),
                Some((is_free, claim)) => {
                    merging.only_in_registry.push(OnlyThere::gone(list, known));
                    if is_free && merging.withdraws() {
                        gone.insert(known.number());
                    } else {
                        merging.claim(claim);
                    }
                }
                None if P::are_all(self.said) => {
                    merging.only_in_registry.push(OnlyThere::new(list, known));
                }
                None => {}
            }
        }
        P::of_mut(project).retain(|known| !gone.contains(&known.number()));
    }
}
