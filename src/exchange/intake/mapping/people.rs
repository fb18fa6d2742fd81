//! Parties as a mapping takes them out of a cell.

use super::apply::Row;
use super::rule::Rule;
use super::{Part, PartyRule};
use crate::domain::*;
use crate::exchange::intake::cell::{country, share, word};
use crate::exchange::intake::{IncomingParticipation, PartyMention};
use crate::report::{Flaw, Said};

/// The parts of one party.
#[derive(Debug, Default)]
struct Cut<'t> {
    name: &'t str,
    country: &'t str,
    role: &'t str,
    kind: &'t str,
}

/// A role in the words of a list: the word, and what stands in parentheses after it.
struct StatedRole {
    role: Role,
    prospective: bool,
    share_percent: Option<Decimal>,
    note: Option<String>,
}

impl Row<'_> {
    pub(super) fn parties(&mut self, rule: &PartyRule, into: &mut Vec<IncomingParticipation>) {
        let Some(text) = self.stated(&rule.column, rule.on_finding) else {
            return;
        };
        let items: Vec<&str> = match &rule.split {
            Some(sign) => text.split(sign.as_str()).map(str::trim).collect(),
            None => vec![text],
        };
        for item in items {
            if self.is_missing(item) {
                continue;
            }
            match cut(rule, item) {
                Ok(parts) => self.party(rule, item, &parts, into),
                Err(said) => self.report(&rule.column, item, said, rule.on_finding),
            }
        }
    }

    fn party(
        &mut self,
        rule: &PartyRule,
        item: &str,
        parts: &Cut<'_>,
        into: &mut Vec<IncomingParticipation>,
    ) {
        if self.is_perhaps_namibia(parts.country, rule.country.as_ref()) {
            self.report(&rule.column, item, Flaw::PerhapsNamibia, rule.on_finding);
            return;
        }
        let references = self.references;
        let country = match self.part(rule.country.as_ref(), rule, parts.country, |text| {
            country(references, text)
        }) {
            Ok(countries) => countries.into_iter().next(),
            Err(()) => return,
        };
        let kind = match self.part(rule.kind.as_ref(), rule, parts.kind, word::<PartyKind>) {
            Ok(kinds) => kinds.into_iter().next(),
            Err(()) => return,
        };
        let Ok(roles) = self.roles(rule, parts.role) else {
            return;
        };
        let names = self.names(rule, item, parts.name);
        for name in &names {
            for (place, stated) in roles.iter().enumerate() {
                // A share is stated once: of several names it is what they hold together.
                let together = stated.share_percent.filter(|_| names.len() > 1);
                let own = stated
                    .share_percent
                    .filter(|_| names.len() == 1 && place == 0);
                let note = together
                    .map(|share| format!("{share}% together with {}", others(&names, name)));
                let part = IncomingParticipation {
                    number: None,
                    party: PartyMention {
                        code: None,
                        name: Some(name.clone()),
                        country: country.clone(),
                        kind,
                    },
                    role: stated.role,
                    share_percent: own,
                    prospective: stated.prospective,
                    note: [note, stated.note.clone()]
                        .into_iter()
                        .flatten()
                        .reduce(|first, second| format!("{first}; {second}")),
                };
                if !into.contains(&part) {
                    into.push(part);
                }
            }
        }
    }

    /// What a part says: the rule's constant or column where it has one, else the part itself.
    fn part<T>(
        &mut self,
        rule: Option<&Rule>,
        party: &PartyRule,
        text: &str,
        read: impl Fn(&str) -> Result<T, Said>,
    ) -> Result<Vec<T>, ()> {
        let before = self.findings.len();
        let values = match rule {
            Some(rule) if rule.has_origin() => self.many(rule, read),
            rule if self.is_missing(text)
                && rule.is_none_or(|rule| rule.answer(text).is_none()) =>
            {
                Vec::new()
            }
            rule => {
                let plain = Rule::default();
                let rule = rule.unwrap_or(&plain);
                let mut found = Vec::new();
                self.answered(rule, &party.column, text, &mut found);
                let mut values = Vec::new();
                for (column, word) in found {
                    match read(&word) {
                        Ok(value) => values.push(value),
                        Err(said) => {
                            self.report(&column, &word, said, rule.on_finding.or(party.on_finding));
                        }
                    }
                }
                values
            }
        };
        if self.findings.len() > before {
            Err(())
        } else {
            Ok(values)
        }
    }

    fn roles(&mut self, rule: &PartyRule, text: &str) -> Result<Vec<StatedRole>, ()> {
        // As a whole where the table lists it so; else the word by itself, and what stands in parentheses after it.
        let listed = rule
            .role
            .as_ref()
            .is_some_and(|rule| rule.answer(text).is_some());
        let (head, inner) = match text.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((head, inner)) if !listed => (head.trim(), inner),
            _ => (text, ""),
        };
        let (mut share_percent, mut notes) = (None, Vec::new());
        for piece in inner.split(", ").filter(|piece| !piece.is_empty()) {
            match share(piece) {
                Ok(percent) if piece.ends_with('%') && share_percent.is_none() => {
                    share_percent = Some(percent);
                }
                _ => notes.push(piece),
            }
        }
        let words = self.part(rule.role.as_ref(), rule, head, |text| {
            let (text, prospective) = text
                .strip_prefix("prospective ")
                .map_or((text, false), |rest| (rest, true));
            word::<Role>(text).map(|role| (role, prospective))
        })?;
        if words.is_empty() {
            self.report(&rule.column, text, Flaw::NoRoleOfParty, rule.on_finding);
            return Err(());
        }
        Ok(words
            .into_iter()
            .map(|(role, prospective)| StatedRole {
                role,
                prospective,
                share_percent,
                note: (!notes.is_empty()).then(|| notes.join(", ")),
            })
            .collect())
    }

    fn names(&mut self, rule: &PartyRule, item: &str, name: &str) -> Vec<String> {
        if let Some(answer) = rule.names.get(name) {
            return answer.words().map(str::to_owned).collect();
        }
        if self.is_missing(name) {
            self.report(&rule.column, item, Flaw::NoNameOfParty, rule.on_finding);
            return Vec::new();
        }
        if let Some(sign) = rule
            .doubtful
            .iter()
            .find(|sign| name.contains(sign.as_str()))
        {
            let said = Flaw::Doubtful.with("sign", sign).with("name", name);
            self.report(&rule.column, item, said, rule.on_finding);
            return Vec::new();
        }
        vec![name.to_owned()]
    }
}

fn others(names: &[String], name: &str) -> String {
    let others: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|other| *other != name)
        .collect();
    others.join(", ")
}

/// Cuts an item into its parts.
fn cut<'t>(rule: &PartyRule, item: &'t str) -> Result<Cut<'t>, Said> {
    let Some(sign) = &rule.cut else {
        return Ok(Cut {
            name: item,
            ..Cut::default()
        });
    };
    let pieces: Vec<&str> = if rule.from_right {
        let (front, last) = cut_from_right(rule, item, sign)?;
        vec![front, last]
    } else {
        item.splitn(rule.parts.len(), sign.as_str()).collect()
    };
    if pieces.len() != rule.parts.len() {
        let said = Flaw::Parts.with("count", pieces.len());
        return Err(said.with("wanted", rule.parts.len()));
    }
    let mut cut = Cut::default();
    for (part, piece) in rule.parts.iter().zip(pieces) {
        let place = match part {
            Part::Name => &mut cut.name,
            Part::Country => &mut cut.country,
            Part::Role => &mut cut.role,
            Part::Kind => &mut cut.kind,
            Part::Nothing => continue,
        };
        *place = piece.trim();
    }
    Ok(cut)
}

/// Cuts off the last part. Where its words are listed, the longest end that is listed is the last part: it may have the sign
/// within itself.
fn cut_from_right<'t>(
    rule: &PartyRule,
    item: &'t str,
    sign: &str,
) -> Result<(&'t str, &'t str), Said> {
    let listing = match rule.parts.last() {
        Some(Part::Kind) => rule.kind.as_ref(),
        Some(Part::Role) => rule.role.as_ref(),
        Some(Part::Country) => rule.country.as_ref(),
        _ => None,
    };
    let listing = listing.filter(|rule| !rule.values.is_empty());
    let mut places = item.match_indices(sign);
    let place = match listing {
        Some(listing) => places.find(|(place, _)| {
            let end = item.get(place + sign.len()..).unwrap_or_default();
            listing.answer(end.trim()).is_some()
        }),
        None => places.last(),
    };
    let (place, _) = place.ok_or_else(|| Flaw::NoCut.with("sign", sign))?;
    let (front, end) = item.split_at(place);
    Ok((front, end.get(sign.len()..).unwrap_or_default()))
}
