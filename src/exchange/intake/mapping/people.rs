//! Parties as a mapping takes them out of a cell.

use super::row::Row;
use super::rule::Rule;
use super::{Part, PartyRule};
use crate::domain::*;
use crate::exchange::intake::cell::{country, share, word};
use crate::exchange::intake::joined::sign_between;
use crate::exchange::intake::people::name_and_share;
use crate::exchange::intake::{Effect, IncomingParticipation, PartyMention};
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
        let items: Vec<String> = match (&rule.column, &rule.name) {
            (Some(column), _) => {
                let text = self.stated(column, rule.on_finding).unwrap_or_default();
                let sign = rule.split.as_deref().unwrap_or("\u{0}");
                let items = text.split(sign).map(str::trim);
                items.map(str::to_owned).collect()
            }
            (None, Some(name)) => self.many(name, |text| Ok(text.to_owned())),
            (None, None) => return,
        };
        let mut shares = self.shares(rule, items.len()).into_iter();
        for item in items {
            let share = shares.next().flatten();
            if self.is_missing(&item) {
                continue;
            }
            match cut(rule, &item) {
                Ok(parts) => self.party(rule, &item, &parts, share, into),
                Err(said) => self.report(rule.heading(), &item, said, rule.on_finding),
            }
        }
    }

    /// The shares of so many parties of a row, in their order. One share of several parties is a finding.
    fn shares(&mut self, party: &PartyRule, count: usize) -> Vec<Option<Decimal>> {
        let Some(rule) = &party.share else {
            return Vec::new();
        };
        if count < 2 {
            return vec![self.one(rule, |text| rule.reading.share(text))];
        }
        let column = rule.columns.first().map_or("", String::as_str);
        let Some(text) = self.stated(column, rule.on_finding) else {
            return Vec::new();
        };
        let sign = rule.split.as_deref().or(party.split.as_deref());
        let pieces: Vec<&str> = text.split(sign.unwrap_or("\u{0}")).map(str::trim).collect();
        if pieces.len() != count {
            let said = Flaw::SharesOfParties.with("shares", pieces.len());
            self.report(column, text, said.with("parties", count), rule.on_finding);
            return Vec::new();
        }
        let mut shares = Vec::new();
        for piece in pieces {
            let share = match rule.reading.share(piece) {
                _ if self.is_missing(piece) => None,
                Ok(share) => Some(share),
                Err(said) => {
                    self.report(column, piece, said, rule.on_finding);
                    None
                }
            };
            shares.push(share);
        }
        shares
    }

    fn party(
        &mut self,
        rule: &PartyRule,
        item: &str,
        parts: &Cut<'_>,
        share: Option<Decimal>,
        into: &mut Vec<IncomingParticipation>,
    ) {
        // A party whose country cannot be read stays, without one.
        if self.is_perhaps_namibia(parts.country, rule.country.as_ref()) {
            self.report(rule.heading(), item, Flaw::PerhapsNamibia, rule.on_finding);
        }
        let references = self.references;
        let countries = self.part(rule.country.as_ref(), rule, parts.country, |text| {
            country(references, text)
        });
        let country = countries.unwrap_or_default().into_iter().next();
        let kind = match self.part(rule.kind.as_ref(), rule, parts.kind, word::<PartyKind>) {
            Ok(kinds) => kinds.into_iter().next(),
            Err(()) => return,
        };
        let Ok(roles) = self.roles(rule, parts.role) else {
            return;
        };
        let (name, beside) = match name_and_share(parts.name) {
            _ if rule.names.contains_key(parts.name) => (parts.name, None),
            Ok(split) => split,
            Err(said) => {
                self.report(rule.heading(), item, said, rule.on_finding);
                return;
            }
        };
        let of_role = roles.first().and_then(|stated| stated.share_percent);
        let mut shares = [of_role, beside, share].into_iter().flatten();
        let share = shares.next();
        if shares.any(|other| Some(other) != share) {
            self.report(rule.heading(), item, Flaw::SeveralValues, rule.on_finding);
            return;
        }
        let names = self.names(rule, item, name);
        let is_listed = rule.names.contains_key(name);
        for name in &names {
            // Where the mapping does not say which signs are doubtful, the usual ones are. Where the last part is cut off,
            // commas before it belong to the name.
            let is_constant = rule.heading().is_empty();
            let asks = rule.doubtful.is_none() && !is_listed && !is_constant;
            let sign = sign_between(name, references)
                .filter(|sign| asks && !(rule.from_right && *sign == ","));
            let effect = rule.on_finding.or(self.mapping.on_finding);
            for (place, stated) in roles.iter().enumerate() {
                // A share is stated once: of several names it is what they hold together.
                let together = share.filter(|_| names.len() > 1);
                let own = share.filter(|_| names.len() == 1 && place == 0);
                let note = together
                    .map(|share| format!("{share}% together with {}", others(&names, name)));
                let part = IncomingParticipation {
                    number: None,
                    party: PartyMention {
                        code: None,
                        name: Some(name.clone()),
                        country: country.clone(),
                        kind,
                        perhaps_several: sign
                            .map(|sign| (sign.to_owned(), effect.unwrap_or(Effect::DropRow))),
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
                self.answered(rule, party.heading(), text, &mut found);
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
            self.report(rule.heading(), text, Flaw::NoRoleOfParty, rule.on_finding);
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
            self.report(rule.heading(), item, Flaw::NoNameOfParty, rule.on_finding);
            return Vec::new();
        }
        if let Some(sign) = rule
            .doubtful
            .iter()
            .flatten()
            .find(|sign| name.contains(sign.as_str()))
        {
            let said = Flaw::Doubtful.with("sign", sign).with("name", name);
            self.report(rule.heading(), item, said, rule.on_finding);
            return Vec::new();
        }
        vec![name.to_owned()]
    }
}

impl PartyRule {
    /// The heading of the column in which the parties stand; empty where they are a constant.
    pub(super) fn heading(&self) -> &str {
        let of_name = || self.name.as_ref().and_then(|rule| rule.columns.first());
        self.column
            .as_ref()
            .or_else(of_name)
            .map_or("", String::as_str)
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
    let Some(sign) = rule
        .cut
        .as_ref()
        .filter(|sign| item.contains(sign.as_str()))
    else {
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
