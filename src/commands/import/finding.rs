//! Which project of the registry a file speaks of.

use std::collections::HashMap;

use super::known::Known;
use crate::domain::{Likeness, POSSIBLE, ProjectCode, ProjectIdentity, names_nothing};
use crate::error::Error;
use crate::exchange::{MatchedBy, PlannedCandidate, Proposed};
use crate::report::{Flaw, Said};
use crate::store::{Identifier, Project, Store};

/// Projects that are kept at hand, so that they need not be read again.
const AT_HAND: usize = 10_000;

/// What came of looking for a project.
pub(crate) enum Found {
    /// It is this one.
    One(ProjectCode, MatchedBy),
    /// It may be one of these.
    Several(Vec<PlannedCandidate>),
    /// It is another one.
    New,
    /// The file contradicts the registry.
    Contradiction(Said),
}

/// What a project of the registry is compared by.
struct Candidate {
    identity: ProjectIdentity,
    title: String,
    identifiers: Vec<Identifier>,
    /// The lists from which it was read.
    lists: Vec<String>,
}

impl Candidate {
    /// Whether it cannot be what is proposed: the two have different identifiers in one scheme.
    fn is_other(&self, proposed: &Proposed) -> bool {
        proposed.identifiers.iter().any(|own| {
            let mut known = self
                .identifiers
                .iter()
                .filter(|known| known.scheme == own.scheme)
                .peekable();
            known.peek().is_some() && !known.any(|known| known.identifier == own.identifier)
        })
    }
}

/// Looks for projects.
pub(crate) struct Finder {
    pub(crate) known: Known,
    at_hand: HashMap<ProjectCode, Candidate>,
}

impl Finder {
    pub(crate) fn new(known: Known) -> Self {
        Self {
            known,
            at_hand: HashMap::new(),
        }
    }

    /// The project that `proposed` is about. `code` is what the file calls it; `is_free` tells which agreements no other row
    /// speaks of.
    pub(crate) fn find(
        &mut self,
        code: Option<&ProjectCode>,
        proposed: &Proposed,
        is_free: &dyn Fn(&ProjectCode) -> bool,
        store: &mut Store,
    ) -> Result<Found, Error> {
        let mut found: Option<(ProjectCode, MatchedBy)> = None;
        if let Some(code) = code
            && let Some(project) = store.read(|reader| reader.find::<Project>(code.as_str()))?
        {
            if proposed.id.is_some_and(|id| id != project.facts.id) {
                let said = Flaw::OtherRecord.with("code", code);
                return Ok(Found::Contradiction(said.with("id", project.facts.id)));
            }
            found = Some((code.clone(), MatchedBy::Code));
        }
        for other in &proposed.identifiers {
            let owner = self.known.with_identifier(&other.scheme, &other.identifier);
            match (&found, owner) {
                (Some((code, by)), Some(owner)) if code != owner => {
                    let what = format!("{} {}", other.scheme, other.identifier);
                    let said = Flaw::IdentifierElsewhere.with("identifier", what);
                    let said = said.with("owner", owner).with("code", code);
                    return Ok(Found::Contradiction(said.with("by", by.word())));
                }
                (None, Some(owner)) => found = Some((owner.clone(), MatchedBy::Identifier)),
                _ => {}
            }
        }
        if let Some((code, by)) = found {
            return Ok(Found::One(code, by));
        }
        if let Some(list) = &proposed.list
            && let Some(code) = self.known.at(&list.scheme, &list.identifier)
            && store
                .read(|reader| reader.find::<Project>(code.as_str()))?
                .is_some()
        {
            return Ok(Found::One(code.clone(), MatchedBy::Row));
        }
        if let (Some(forum), Some(number)) = (&proposed.forum, proposed.list_number)
            && let Some(code) = self.known.with_list_number(forum, number)
        {
            return Ok(Found::One(code.clone(), MatchedBy::ListNumber));
        }
        match (code, &proposed.forum) {
            // A code of its own that the registry does not have: the file says that it is another project.
            (Some(_), _) => Ok(Found::New),
            (None, Some(forum)) => self.agreement(forum, proposed, is_free, store),
            (None, None) => self.by_title(proposed, is_free, store),
        }
    }

    /// An agreement of a forum whose number in the list is not known: by its title, or by its parties.
    fn agreement(
        &mut self,
        forum: &str,
        proposed: &Proposed,
        is_free: &dyn Fn(&ProjectCode) -> bool,
        store: &mut Store,
    ) -> Result<Found, Error> {
        let identity = proposed.identity();
        let agreements = self.known.agreements(forum).to_vec();
        let (mut sure, mut by_parties, mut possible) = (Vec::new(), Vec::new(), Vec::new());
        for agreement in agreements {
            let numbered = agreement.list_number.is_some() && proposed.list_number.is_some();
            if numbered || !is_free(&agreement.code) {
                continue;
            }
            let Some(known) = self.candidate(&agreement.code, store)? else {
                continue;
            };
            let (other, title) = (&known.identity, &known.title);
            if known.is_other(proposed) {
                continue;
            }
            let same_parties = !identity.parties.is_empty() && identity.parties == other.parties;
            let alike = identity.title_likeness(other);
            if identity.is_surely(other) {
                sure.push(agreement.code);
            } else if same_parties && alike.is_none_or(|alike| alike >= 0.3) {
                by_parties.push(agreement.code);
            } else {
                let likeness = identity.likeness(other);
                if same_parties || likeness.score >= POSSIBLE {
                    possible.push(candidate(agreement.code, title, &likeness));
                }
            }
        }
        if let [code] = sure.as_slice() {
            return Ok(Found::One(code.clone(), MatchedBy::Title));
        }
        if let ([code], []) = (by_parties.as_slice(), sure.as_slice()) {
            return Ok(Found::One(code.clone(), MatchedBy::Parties));
        }
        for code in sure.into_iter().chain(by_parties) {
            if let Some(known) = self.candidate(&code, store)? {
                let likeness = identity.likeness(&known.identity);
                possible.push(candidate(code, &known.title, &likeness));
            }
        }
        Ok(several(possible))
    }

    /// A project of no forum, by its title. A row with an identifier of its own is no project that has another one in that scheme, or
    /// that another row speaks of; and it is one without such an identifier only where more than the title says so.
    fn by_title(
        &mut self,
        proposed: &Proposed,
        is_free: &dyn Fn(&ProjectCode) -> bool,
        store: &mut Store,
    ) -> Result<Found, Error> {
        let identity = proposed.identity();
        let titles = proposed.titles().filter(|title| !names_nothing(title));
        let titles = titles.zip(identity.title_parts());
        let codes = self.known.with_titles_like(titles, &proposed.hosts);
        let has_own = !proposed.identifiers.is_empty();
        let list = proposed.list.as_ref().map(|list| &list.scheme);
        let (mut sure, mut of_list, mut possible) = (Vec::new(), Vec::new(), Vec::new());
        for code in codes {
            if has_own && !is_free(&code) {
                continue;
            }
            let Some(known) = self.candidate(&code, store)? else {
                continue;
            };
            if known.is_other(proposed) {
                continue;
            }
            let is_sure = if has_own {
                identity.is_surely_by_party(&known.identity)
            } else {
                identity.is_surely(&known.identity)
            };
            if is_sure {
                sure.push(code.clone());
                if list.is_some_and(|list| known.lists.contains(list)) && is_free(&code) {
                    of_list.push(code.clone());
                }
            }
            if let Some(likeness) = identity.possible_likeness(&known.identity) {
                possible.push(candidate(code, &known.title, &likeness));
            }
        }
        match (sure.as_slice(), of_list.as_slice()) {
            ([code], _) | (_, [code]) => Ok(Found::One(code.clone(), MatchedBy::Title)),
            _ => Ok(several(possible)),
        }
    }

    /// What a project of the registry is compared by.
    fn candidate(
        &mut self,
        code: &ProjectCode,
        store: &mut Store,
    ) -> Result<Option<&Candidate>, Error> {
        if !self.at_hand.contains_key(code) {
            let Some(project) = store.read(|reader| reader.find::<Project>(code.as_str()))? else {
                return Ok(None);
            };
            if self.at_hand.len() >= AT_HAND {
                self.at_hand.clear();
            }
            let kept = Candidate {
                identity: project.identity(),
                title: title_of(&project),
                lists: project
                    .origins
                    .into_iter()
                    .map(|list| list.scheme)
                    .collect(),
                identifiers: project.identifiers,
            };
            self.at_hand.insert(code.clone(), kept);
        }
        Ok(self.at_hand.get(code))
    }
}

pub(crate) fn title_of(project: &Project) -> String {
    project
        .titles()
        .for_reader(crate::domain::Language::English)
        .to_owned()
}

pub(crate) fn candidate(code: ProjectCode, title: &str, likeness: &Likeness) -> PlannedCandidate {
    let reasons = likeness.reasons.iter();
    PlannedCandidate {
        code,
        title: title.to_owned(),
        score: likeness.score,
        reasons: reasons
            .map(|(reason, weight)| (reason.word().to_owned(), *weight))
            .collect(),
    }
}

fn several(mut candidates: Vec<PlannedCandidate>) -> Found {
    if candidates.is_empty() {
        return Found::New;
    }
    candidates.sort_by(|left, right| {
        right
            .score
            .total_cmp(&left.score)
            .then_with(|| left.code.cmp(&right.code))
    });
    Found::Several(candidates)
}
