//! A mapping: what the columns of a foreign table mean, written in TOML.

mod apply;
mod events;
mod fields;
mod money;
mod people;
mod rule;
mod taker;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Effect, IntakeOptions};
use crate::exchange::Error;
use fields::FIELDS;
use rule::{Answer, Rule};
pub(super) use taker::Mapped;

/// What the columns of a foreign table mean.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mapping {
    /// What the table is, for people.
    pub(crate) about: Option<String>,
    /// The sheet of a workbook.
    pub(crate) sheet: Option<String>,
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: Option<char>,
    /// The row in which the headings stand, from 1.
    pub(crate) header_row: Option<u64>,
    /// How many rows they fill.
    pub(crate) header_rows: Option<usize>,
    /// Words that say that nothing is known, in any column.
    missing: Vec<String>,
    /// What a finding does where its column does not say it.
    on_finding: Option<Effect>,
    rows: Rows,
    key: Option<Key>,
    /// The list itself, as the source of what it says.
    source: Option<ListSource>,
    skip: Vec<Skip>,
    /// Fields of the project, by name.
    fields: BTreeMap<String, Rule>,
    identifiers: Vec<IdentifierRule>,
    parties: Vec<PartyRule>,
    events: Vec<EventRule>,
    amounts: Vec<AmountRule>,
    sources: Vec<SourceRule>,
}

/// How rows and projects belong together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Rows {
    /// A row is a project, and a key that comes back is a finding.
    #[default]
    OneProject,
    /// Rows with the same key are one project: the first states its fields, each adds its parties, events and amounts.
    Grouped,
}

/// By what the list knows a project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    /// What the list is called in the identifiers of projects.
    scheme: String,
    columns: Vec<String>,
    #[serde(default = "hyphen")]
    separator: String,
}

fn hyphen() -> String {
    "-".to_owned()
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ListSource {
    code: Option<String>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    /// The day of which it speaks: the date of a status that no column dates.
    dated: Option<crate::domain::PartialDate>,
}

/// Rows that are left aside.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Skip {
    column: String,
    /// Left aside where the cell is one of these; an empty word is an empty cell.
    #[serde(default)]
    is: Vec<String>,
    /// Left aside where the cell is none of these.
    #[serde(default)]
    is_not: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentifierRule {
    scheme: String,
    identifier: Rule,
}

/// Parties in a column: items, each a name with what stands beside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartyRule {
    column: String,
    /// Between parties.
    split: Option<String>,
    /// Between the parts of one party.
    cut: Option<String>,
    /// Which part from the left, from 1, is what. The last one of them takes the rest.
    #[serde(default)]
    parts: Vec<Part>,
    /// A cut from the right: what follows the last separator is the last part, commas before it belong to the name.
    #[serde(default)]
    from_right: bool,
    role: Option<Rule>,
    country: Option<Rule>,
    kind: Option<Rule>,
    /// Names that are several parties, or none.
    #[serde(default)]
    names: HashMap<String, Answer>,
    /// Signs in a name that may stand between several parties: a finding, unless `names` says what it is.
    #[serde(default)]
    doubtful: Vec<String>,
    on_finding: Option<Effect>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    Name,
    Country,
    Role,
    Kind,
    Nothing,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventRule {
    status: Option<Rule>,
    on: Option<Rule>,
    due: Option<Rule>,
    text: Option<Rule>,
    confidence: Option<Rule>,
    evidence: Option<Rule>,
    /// Where the row has no date for it, there is no such event.
    #[serde(default)]
    needs_date: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AmountRule {
    number: Rule,
    currency: Rule,
    kind: Rule,
    basis: Rule,
    estimated: Option<Rule>,
    on: Option<Rule>,
    note: Option<Rule>,
    /// Numbers with more decimals than the currency are rounded, half to even; else they are findings.
    #[serde(default)]
    round: bool,
    /// Withdrawn currencies are taken.
    #[serde(default)]
    historic: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRule {
    column: String,
    split: Option<String>,
    /// What follows an address and is no part of it: `, ` in `https://example.org/a, Press`.
    cut: Option<String>,
    on_finding: Option<Effect>,
}

impl Mapping {
    /// Reads a mapping. `name` is what it is called in errors.
    pub(crate) fn from_toml(name: &str, text: &str) -> Result<Self, Error> {
        let refuse = |line: usize, why: String| Error::Line {
            file: name.to_owned(),
            line: line as u64,
            why,
        };
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            refuse(line_of(text, at), error.message().trim().to_owned())
        })?;
        mapping.check().map_err(|(table, word, why)| {
            let start = text.find(&table).unwrap_or_default();
            let place = text
                .get(start..)
                .and_then(|rest| rest.find(&word))
                .unwrap_or_default();
            refuse(line_of(text, start + place), why)
        })?;
        Ok(mapping)
    }

    /// What a mapping says that no row can make right: the table of the mapping, the word in it, and why.
    fn check(&self) -> Result<(), (String, String, String)> {
        for (name, rule) in &self.fields {
            let table = format!("fields.{name}");
            let field = FIELDS.iter().find(|field| field.name == name);
            let Some(field) = field else {
                let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
                return Err((
                    table,
                    String::new(),
                    format!(
                        "a project has no field {name:?}; the fields are {}",
                        names.join(", ")
                    ),
                ));
            };
            if !rule.has_origin() {
                return Err((
                    table,
                    String::new(),
                    "a rule without a column and without a constant".to_owned(),
                ));
            }
            rule.check(field.holds)
                .map_err(|(word, why)| (table, word, why))?;
        }
        self.check_parts()
            .map_err(|(table, word, why)| (table.to_owned(), word, why))
    }

    fn check_parts(&self) -> Result<(), (&'static str, String, String)> {
        use value::Holds;
        let checked = |table: &'static str, rule: Option<&Rule>, holds: Holds| {
            let Some(rule) = rule else { return Ok(()) };
            if !rule.has_origin() && table != "[[parties]]" {
                return Err((
                    table,
                    String::new(),
                    "a rule without a column and without a constant".to_owned(),
                ));
            }
            rule.check(holds).map_err(|(word, why)| (table, word, why))
        };
        for party in &self.parties {
            if party.role.is_none() {
                return Err(("[[parties]]", String::new(), "parties need a role: role = { constant = \"owner\" }, or values for the words of a part".to_owned()));
            }
            if party.cut.is_some() && !party.parts.contains(&Part::Name) {
                return Err((
                    "[[parties]]",
                    String::new(),
                    "parts do not say which one is the name".to_owned(),
                ));
            }
            checked("[[parties]]", party.role.as_ref(), Holds::Role)?;
            checked("[[parties]]", party.country.as_ref(), Holds::Country)?;
            checked("[[parties]]", party.kind.as_ref(), Holds::PartyKind)?;
        }
        for event in &self.events {
            if event.status.is_none() && event.due.is_none() && event.text.is_none() {
                return Err((
                    "[[events]]",
                    String::new(),
                    "an event needs status, text or due".to_owned(),
                ));
            }
            checked("[[events]]", event.status.as_ref(), Holds::Status)?;
            checked("[[events]]", event.on.as_ref(), Holds::Date)?;
            checked("[[events]]", event.due.as_ref(), Holds::Date)?;
            checked("[[events]]", event.confidence.as_ref(), Holds::Confidence)?;
            checked("[[events]]", event.evidence.as_ref(), Holds::Evidence)?;
        }
        for amount in &self.amounts {
            checked("[[amounts]]", Some(&amount.number), Holds::Number)?;
            checked("[[amounts]]", Some(&amount.currency), Holds::Currency)?;
            checked("[[amounts]]", Some(&amount.kind), Holds::AmountKind)?;
            checked("[[amounts]]", Some(&amount.basis), Holds::AmountBasis)?;
            checked("[[amounts]]", amount.estimated.as_ref(), Holds::Flag)?;
            checked("[[amounts]]", amount.on.as_ref(), Holds::Date)?;
        }
        if self.rows == Rows::Grouped && self.key.is_none() {
            return Err((
                "rows",
                String::new(),
                "grouped rows need a [key]".to_owned(),
            ));
        }
        Ok(())
    }
}

impl Mapping {
    /// What is asked about the file: by the command line, else by the mapping.
    pub(super) fn options(&self, asked: &IntakeOptions) -> IntakeOptions {
        IntakeOptions {
            encoding: asked.encoding.clone().or_else(|| self.encoding.clone()),
            delimiter: asked.delimiter.or(self.delimiter),
            header_row: asked.header_row.or(self.header_row),
            header_rows: asked.header_rows.or(self.header_rows),
            sheet: asked.sheet.clone().or_else(|| self.sheet.clone()),
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    1 + memchr::memchr_iter(b'\n', before).count()
}
