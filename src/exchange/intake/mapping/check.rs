//! What can be wrong with a mapping before a row is read. All of it is said at once.

use super::fields::FIELDS;
use super::rule::Rule;
use super::{Mapping, Part, Repeated, Rows, line_of, value::Holds};
use crate::domain::*;
use crate::message::Message;

/// Something that no row can make right, and where it stands.
#[derive(Debug)]
pub(super) struct Mistake {
    /// The heading of the table; empty: the mapping as a whole.
    pub(super) table: &'static str,
    /// Which of the tables with this heading, from 0.
    pub(super) nth: usize,
    /// The key or the word that is wrong.
    pub(super) word: String,
    pub(super) why: Message,
}

impl Mistake {
    /// The line of the mapping in which it stands.
    pub(super) fn line(&self, text: &str) -> usize {
        let table = text.match_indices(self.table).nth(self.nth);
        let start = table.map_or(0, |(place, _)| place);
        let rest = text.get(start..).unwrap_or_default();
        line_of(text, start + rest.find(&self.word).unwrap_or_default())
    }
}

/// Mistakes of one table.
struct Checking<'m> {
    table: &'static str,
    nth: usize,
    mistakes: &'m mut Vec<Mistake>,
}

impl Checking<'_> {
    fn says(&mut self, word: &str, why: impl Into<Message>) {
        self.mistakes.push(Mistake {
            table: self.table,
            nth: self.nth,
            word: word.to_owned(),
            why: why.into(),
        });
    }

    /// Checks the words of a rule, which must say where its value comes from, unless that is the party's own column.
    fn rule(&mut self, name: &str, rule: Option<&Rule>, holds: Holds) {
        let Some(rule) = rule else { return };
        if !rule.has_origin() && self.table != PARTIES {
            self.says(name, "why-mapping-no-origin");
        }
        for (word, why) in rule.mistakes(holds) {
            self.says(&word, why);
        }
    }
}

const PARTIES: &str = "[[parties]]";

impl Mapping {
    /// What the mapping says that no row can make right.
    pub(super) fn check(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        self.check_fields(&mut mistakes);
        self.check_parties(&mut mistakes);
        self.check_events(&mut mistakes);
        self.check_amounts(&mut mistakes);
        let mut whole = Checking {
            table: "",
            nth: 0,
            mistakes: &mut mistakes,
        };
        if self.repeated == Repeated::Count && self.rows != Rows::Grouped {
            whole.says("repeated", "why-mapping-count");
        }
        if self.rows == Rows::Grouped && self.key.is_none() {
            whole.says("rows", "why-mapping-key");
        }
        if self.columns().is_empty() {
            whole.says("", "why-mapping-no-column");
        }
        mistakes
    }

    fn check_fields(&self, mistakes: &mut Vec<Mistake>) {
        let mut checking = Checking {
            table: "[fields]",
            nth: 0,
            mistakes,
        };
        for (name, rule) in &self.fields {
            match FIELDS.iter().find(|field| field.name == name) {
                Some(field) => checking.rule(name, Some(rule), field.holds),
                None => {
                    let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
                    let why = message!("why-mapping-field", name, fields = names.join(", "));
                    checking.says(name, why);
                }
            }
        }
    }

    fn check_parties(&self, mistakes: &mut Vec<Mistake>) {
        for (nth, party) in self.parties.iter().enumerate() {
            let mut checking = Checking {
                table: PARTIES,
                nth,
                mistakes,
            };
            if party.column.is_some() == party.name.is_some() {
                checking.says("", "why-mapping-parties");
            }
            if party.role.is_none() {
                checking.says("", "why-mapping-role");
            }
            if party.cut.is_some() && !party.parts.contains(&Part::Name) {
                checking.says("cut", "why-mapping-name-part");
            }
            checking.rule("role", party.role.as_ref(), Holds::Role);
            checking.rule("country", party.country.as_ref(), Holds::Country);
            checking.rule("kind", party.kind.as_ref(), Holds::of::<PartyKind>());
            checking.rule("name", party.name.as_ref(), Holds::Text);
            checking.rule("share", party.share.as_ref(), Holds::Share);
        }
    }

    fn check_events(&self, mistakes: &mut Vec<Mistake>) {
        for (nth, event) in self.events.iter().enumerate() {
            let mut checking = Checking {
                table: "[[events]]",
                nth,
                mistakes,
            };
            if event.status.is_none() && event.due.is_none() && event.text.is_none() {
                checking.says("", "why-mapping-event");
            }
            checking.rule("status", event.status.as_ref(), Holds::of::<Status>());
            checking.rule("on", event.on.as_ref(), Holds::Date);
            checking.rule("due", event.due.as_ref(), Holds::Date);
            checking.rule(
                "confidence",
                event.confidence.as_ref(),
                Holds::of::<Confidence>(),
            );
            checking.rule("evidence", event.evidence.as_ref(), Holds::of::<Evidence>());
        }
    }

    fn check_amounts(&self, mistakes: &mut Vec<Mistake>) {
        for (nth, amount) in self.amounts.iter().enumerate() {
            let mut checking = Checking {
                table: "[[amounts]]",
                nth,
                mistakes,
            };
            checking.rule("number", Some(&amount.number), Holds::Number);
            checking.rule("currency", amount.currency.as_ref(), Holds::Currency);
            checking.rule("kind", Some(&amount.kind), Holds::of::<AmountKind>());
            checking.rule("basis", Some(&amount.basis), Holds::of::<AmountBasis>());
            checking.rule("estimated", amount.estimated.as_ref(), Holds::Flag);
            checking.rule("on", amount.on.as_ref(), Holds::Date);
            checking.rule("party", amount.party.as_ref(), Holds::Text);
        }
    }
}
