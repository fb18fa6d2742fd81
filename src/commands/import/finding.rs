//! Which project of the registry a file speaks of.

use std::collections::HashMap;

use super::known::Known;
use crate::domain::{Likeness, POSSIBLE, ProjectCode, ProjectIdentity};
use crate::error::Error;
use crate::exchange::{MatchedBy, PlannedCandidate, Proposed};
use crate::report::{Flaw, Said};
use crate::store::{Project, Store};

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

/// Looks for projects.
pub(crate) struct Finder {
    pub(crate) known: Known,
    at_hand: HashMap<ProjectCode, (ProjectIdentity, String)>,
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
        if let (Some(forum), Some(number)) = (&proposed.forum, proposed.list_number)
            && let Some(code) = self.known.with_list_number(forum, number)
        {
            return Ok(Found::One(code.clone(), MatchedBy::ListNumber));
        }
        match (code, &proposed.forum) {
            // A code of its own that the registry does not have: the file says that it is another project.
            (Some(_), _) => Ok(Found::New),
            (None, Some(forum)) => self.agreement(forum, proposed, is_free, store),
            (None, None) => self.by_title(proposed, store),
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
            let Some((other, title)) = self.identity(&agreement.code, store)? else {
                continue;
            };
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
            if let Some((other, title)) = self.identity(&code, store)? {
                possible.push(candidate(code, title, &identity.likeness(other)));
            }
        }
        Ok(several(possible))
    }

    /// A project of no forum, by its title.
    fn by_title(&mut self, proposed: &Proposed, store: &mut Store) -> Result<Found, Error> {
        let identity = proposed.identity();
        let titles = proposed.titles().zip(identity.title_parts());
        let codes = self.known.with_titles_like(titles, &proposed.hosts);
        if codes.is_empty() {
            return Ok(Found::New);
        }
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for code in codes {
            let Some((other, title)) = self.identity(&code, store)? else {
                continue;
            };
            if identity.is_surely(other) {
                sure.push(code.clone());
            }
            if let Some(likeness) = identity.possible_likeness(other) {
                possible.push(candidate(code, title, &likeness));
            }
        }
        match sure.as_slice() {
            [code] => Ok(Found::One(code.clone(), MatchedBy::Title)),
            _ => Ok(several(possible)),
        }
    }

    /// What a project of the registry is compared by, and its title.
    fn identity(
        &mut self,
        code: &ProjectCode,
        store: &mut Store,
    ) -> Result<Option<&(ProjectIdentity, String)>, Error> {
        if !self.at_hand.contains_key(code) {
            let Some(project) = store.read(|reader| reader.find::<Project>(code.as_str()))? else {
                return Ok(None);
            };
            if self.at_hand.len() >= AT_HAND {
                self.at_hand.clear();
            }
            let kept = (identity_of(&project), title_of(&project));
            self.at_hand.insert(code.clone(), kept);
        }
        Ok(self.at_hand.get(code))
    }
}

/// What a project of the registry is compared by.
pub(crate) fn identity_of(project: &Project) -> ProjectIdentity {
    let names = project.titles();
    ProjectIdentity::new(
        [names.en, names.zh, names.ja, names.native]
            .into_iter()
            .flatten(),
        project.participations.iter().map(|part| part.party.clone()),
        project.hosts.iter().cloned(),
    )
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
