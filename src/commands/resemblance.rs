//! Records that a new one resembles: by the comparison that an import makes, so that nothing is recorded twice unnoticed.

use crate::domain::{CompanyName, Identity, Language, Likeness, Reason, THRESHOLD, Term};
use crate::error::Error;
use crate::exchange::PartyCandidate;
use crate::message::Message;
use crate::store::{Document, Kind, Party, Project, Reader};

/// Records that are compared with a new one: those that share most with it.
const COMPARED: i64 = 500;

/// From this score on a party is a candidate; from [`THRESHOLD`] on it is a question.
const ALIKE: f64 = 0.6;

/// Candidates of one party.
const CANDIDATES: usize = 5;

/// Records that a refusal names.
const SHOWN: usize = 3;

/// The refusal of a new record that resembles others, when it does.
pub(super) fn resembling(
    document: &Document,
    language: Language,
    reader: &mut Reader<'_>,
) -> Result<Option<Error>, Error> {
    let (name, candidates) = match document {
        Document::Party(party) => (party.names(), parties(party, reader)?),
        Document::Project(project) => (project.titles(), projects(project, language, reader)?),
        _ => return Ok(None),
    };
    let name = name.for_reader(language).to_owned();
    Ok((!candidates.is_empty()).then_some(Error::Resembles { name, candidates }))
}

fn parties(party: &Party, reader: &mut Reader<'_>) -> Result<Vec<Message>, Error> {
    let (_, mut found) = party_candidates(&party.identity(), reader)?;
    found.retain(|candidate| candidate.score >= THRESHOLD);
    let found = found.iter().take(SHOWN).map(|candidate| {
        let reasons = candidate.reasons.iter();
        let reasons = reasons.filter_map(|(word, weight)| Some((Reason::of_word(word)?, *weight)));
        in_words(&candidate.code, &candidate.name, candidate.score, reasons)
    });
    Ok(found.collect())
}

fn projects(
    project: &Project,
    language: Language,
    reader: &mut Reader<'_>,
) -> Result<Vec<Message>, Error> {
    let identity = project.identity();
    let codes = named_like(Kind::Project, identity.names(), reader)?;
    let mut found: Vec<(Likeness, Project)> = Vec::new();
    for other in reader.some::<Project>(&codes)?.into_values() {
        let likeness = identity.possible_likeness(&other.identity());
        let likeness =
            likeness.filter(|likeness| is_likely(likeness) || has_title_of(project, &other));
        found.extend(likeness.map(|likeness| (likeness, other)));
    }
    found.sort_by(|(left, _), (right, _)| right.score.total_cmp(&left.score));
    let found = found.iter().take(SHOWN).map(|(likeness, other)| {
        let (code, reasons) = (other.facts.code.as_str(), likeness.reasons.iter().copied());
        let title = other.titles().for_reader(language);
        in_words(code, title, likeness.score, reasons)
    });
    Ok(found.collect())
}

/// Whether a project may be the other one: titles that are merely alike, as those of phases and lots are, are not enough.
fn is_likely(likeness: &Likeness) -> bool {
    let mut reasons = likeness.reasons.iter();
    reasons.any(|(reason, _)| matches!(reason, Reason::SameParties))
}

/// Whether two projects have a title in common, letter by letter.
fn has_title_of(one: &Project, other: &Project) -> bool {
    let titles = |project: &Project| {
        let titles = project.titles();
        let titles = [titles.en, titles.zh, titles.ja].map(|title| title.map(str::to_lowercase));
        titles.into_iter().flatten().collect::<Vec<_>>()
    };
    let others = titles(other);
    titles(one).iter().any(|title| others.contains(title))
}

/// `marubeni Marubeni (0.95: same name 0.95)`.
fn in_words(
    code: &str,
    name: &str,
    score: f64,
    reasons: impl Iterator<Item = (Reason, f64)>,
) -> Message {
    let rounded = |share: f64| format!("{share:.2}");
    let reasons: Vec<Message> = reasons
        .map(|(reason, weight)| {
            let (reason, weight) = (Message::new(reason.label()), rounded(weight));
            message!("match-reason", reason, weight)
        })
        .collect();
    message!(
        "match-candidate",
        code,
        name,
        score = rounded(score),
        reasons
    )
}

/// Whether a likeness leaves no doubt: an equal name, and nothing against it.
pub(super) fn is_surely(likeness: &Likeness) -> bool {
    let has = |wanted: &[Reason]| {
        let mut reasons = likeness.reasons.iter();
        reasons.any(|(reason, _)| wanted.contains(reason))
    };
    !likeness.conflict
        && has(&[Reason::SameName, Reason::SameCore])
        && !has(&[Reason::OtherCountry])
}

/// The only party that is surely meant, and those that are like it.
pub(super) fn party_candidates(
    identity: &Identity,
    reader: &mut Reader<'_>,
) -> Result<(Option<Party>, Vec<PartyCandidate>), Error> {
    let (mut sure, mut alike) = (Vec::new(), Vec::new());
    for party in compared(reader, identity)? {
        let likeness = identity.likeness(&party.identity());
        if likeness.conflict || likeness.score < ALIKE {
            continue;
        }
        let reasons = likeness.reasons.iter();
        alike.push(PartyCandidate {
            code: party.facts.code.clone(),
            name: party
                .names()
                .for_reader(crate::domain::Language::English)
                .to_owned(),
            score: likeness.score,
            reasons: reasons
                .map(|(reason, weight)| (reason.word().to_owned(), *weight))
                .collect(),
        });
        if is_surely(&likeness) {
            sure.push(party);
        }
    }
    alike.sort_by(|left, right| {
        let score = right.score.total_cmp(&left.score);
        score.then_with(|| left.code.cmp(&right.code))
    });
    alike.truncate(CANDIDATES);
    let only = match sure.len() {
        1 => sure.pop(),
        _ => None,
    };
    Ok((only, alike))
}

/// The parties that share a word, the beginning of a word, a pair of characters or an identifier with what is looked for.
pub(super) fn compared(reader: &mut Reader<'_>, identity: &Identity) -> Result<Vec<Party>, Error> {
    let mut codes = named_like(Kind::Party, identity.names.iter(), reader)?;
    let identifiers = identity.identifiers.iter();
    let identifiers: Vec<Term> = identifiers.filter_map(|(_, id)| Term::of(id)).collect();
    codes.extend(reader.named(Kind::Party, &identifiers, false, COMPARED)?);
    for name in &identity.names {
        // A short name may have its characters anywhere in the long one: 国开行 of 国家开发银行.
        let letters: Vec<Term> = name
            .short_letters()
            .iter()
            .filter_map(|text| Term::of(text))
            .collect();
        codes.extend(reader.named(Kind::Party, &letters, true, COMPARED)?);
    }
    Ok(reader.some::<Party>(&codes)?.into_values().collect())
}

/// Codes of the records that share a word, the beginning of a word or a pair of characters with one of `names`.
pub(super) fn named_like<'n>(
    kind: Kind,
    names: impl Iterator<Item = &'n CompanyName>,
    reader: &mut Reader<'_>,
) -> Result<Vec<String>, Error> {
    let mut terms = Vec::new();
    for part in names.flat_map(CompanyName::parts) {
        let Some(mut term) = Term::of(&part) else {
            continue;
        };
        if let Some(word) = term
            .words
            .first_mut()
            .filter(|word| term.may_go_on && word.chars().count() > 4)
        {
            *word = word.chars().take(4).collect();
        } else {
            term.may_go_on = false;
        }
        terms.push(term);
    }
    Ok(reader.named(kind, &terms, false, COMPARED)?)
}
