//! A mapping: what the columns of a foreign table mean, written in TOML.

mod apply;
mod check;
mod columns;
mod events;
mod fields;
mod format;
mod list;
mod money;
mod people;
mod row;
mod rule;
mod taker;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Effect, Hidden, IntakeOptions, Leave};
use crate::domain::PartialDate;
use crate::exchange::{Error, OnMissing};
use crate::message::Message;
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
    /// Columns that are written once for the rows of a group.
    fill_down: Vec<String>,
    /// What becomes of what is hidden, of what is struck out, and of rows of totals.
    hidden: Option<Hidden>,
    struck: Option<Leave>,
    totals: Option<Leave>,
    /// Words that say that nothing is known, in any column.
    missing: Vec<String>,
    /// What a finding does where its column does not say it.
    on_finding: Option<Effect>,
    rows: Rows,
    /// What becomes of what the list stated before and does not state any more.
    on_missing: OnMissing,
    /// Whether the amounts of a row count that has the same cells as an earlier row of its group.
    repeated: Repeated,
    /// What the mapping is called.
    #[serde(skip)]
    name: String,
    key: Option<Key>,
    /// Tables of values that several rules use, by name.
    values: BTreeMap<String, HashMap<String, Answer>>,
    /// The columns that the mapping uses, sorted.
    #[serde(skip)]
    columns: Vec<String>,
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

/// Whether rows that have the same cells count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Repeated {
    /// Their amounts count once, and the others are findings.
    #[default]
    Once,
    /// Each is a row of its own: two loans of one day and one bank.
    Count,
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
    #[serde(deserialize_with = "PartialDate::deserialize_typed")]
    dated: Option<PartialDate>,
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
    column: Option<String>,
    /// The parties in place of a column: a rule, or a constant.
    name: Option<Rule>,
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
    /// Their shares, in per cent.
    share: Option<Rule>,
    /// Names that are several parties, or none.
    #[serde(default)]
    names: HashMap<String, Answer>,
    /// Signs in a name that may stand between several parties: a finding, unless `names` says what it is. Where none are
    /// stated, the usual ones are one if no known party has the name.
    doubtful: Option<Vec<String>>,
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
    /// Without it, the number itself names its currency.
    currency: Option<Rule>,
    kind: Rule,
    basis: Rule,
    estimated: Option<Rule>,
    on: Option<Rule>,
    note: Option<Rule>,
    /// The party whose money it is. Of a column of `[[parties]]`, it is the party that stands there.
    party: Option<Rule>,
    /// Whether each row of a group has an amount of its own, or all state that of the project.
    #[serde(default)]
    per: Per,
    /// Numbers with more decimals than the currency are rounded, half to even; else they are findings.
    #[serde(default)]
    round: bool,
    /// Withdrawn currencies are taken.
    #[serde(default)]
    historic: bool,
    /// What becomes of a negative number.
    #[serde(default)]
    negative: Negative,
}

/// What becomes of a negative number, as of a repayment: it is no amount of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Negative {
    #[default]
    Finding,
    /// A note on the project, with the date of the amount or of the list.
    Note,
}

/// What an amount in a row of a group is the amount of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Per {
    /// Of what the row is about: equal amounts in several rows are several amounts.
    #[default]
    Row,
    /// Of the project: every row repeats it.
    Project,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRule {
    column: Option<String>,
    /// An address in place of a column.
    constant: Option<String>,
    split: Option<String>,
    /// What follows an address and is no part of it: `, ` in `https://example.org/a, Press`.
    cut: Option<String>,
    on_finding: Option<Effect>,
}

impl Mapping {
    /// Reads a mapping. `name` is what it is called in errors.
    ///
    /// # Errors
    /// With everything that is wrong with the mapping: first what no mapping has, then what is said in the wrong words.
    pub(crate) fn from_toml(name: &str, text: &str) -> Result<Self, Error> {
        let refuse = |mut wrong: Vec<(usize, Message)>| {
            wrong.sort_by_key(|(line, _)| *line);
            let file = name.to_owned();
            Error::Mistakes { file, wrong }
        };
        let mut mapping = deserialized(text).map_err(refuse)?;
        let stem = std::path::Path::new(name).file_stem();
        mapping.name = stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let mut mistakes = mapping.prepare();
        mistakes.extend(mapping.check());
        if mistakes.is_empty() {
            return Ok(mapping);
        }
        let wrong = mistakes.into_iter();
        Err(refuse(wrong.map(|it| (it.line(text), it.why)).collect()))
    }
}

/// How many mistakes of a mapping are looked for.
const MISTAKES: usize = 20;

/// The mapping as it is written. Where its structure is wrong, all that can be found of it: the lines of one mistake are left out
/// to find the next.
fn deserialized(text: &str) -> Result<Mapping, Vec<(usize, Message)>> {
    let (mut rest, mut wrong) = (text.to_owned(), Vec::new());
    for _ in 0..MISTAKES {
        let error = match toml::from_str::<Mapping>(&rest) {
            Ok(mapping) if wrong.is_empty() => return Ok(mapping),
            Ok(_) => break,
            Err(error) => error,
        };
        if !wrong.is_empty() && toml::from_str::<toml::Table>(&rest).is_err() {
            break; // what was left out was a part of something
        }
        let span = error.span().unwrap_or_default();
        let (from, to) = lines_of(&rest, span.start, span.end);
        let gone = rest.get(from..to).unwrap_or_default();
        // Of a table from which something was left out, that it lacks something is no news.
        if !gone.trim_start().starts_with('[') || text.get(from..to) == Some(gone) {
            let message = Message::foreign(error.message().trim());
            wrong.push((line_of(text, span.start), message));
        }
        if gone.trim().is_empty() {
            break;
        }
        let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        let blank: String = gone.bytes().map(blank).collect();
        rest.replace_range(from..to, &blank);
    }
    Err(wrong)
}

/// Where the lines of a mistake begin and end: of the heading of a table, the whole table.
fn lines_of(text: &str, start: usize, end: usize) -> (usize, usize) {
    let from = text.get(..start).and_then(|front| front.rfind('\n'));
    let from = from.map_or(0, |place| place + 1);
    let is_heading = text
        .get(from..)
        .is_some_and(|rest| rest.trim_start().starts_with('['));
    let sign = if is_heading { "\n[" } else { "\n" };
    let length = text.get(end..).and_then(|tail| tail.find(sign));
    (from, length.map_or(text.len(), |length| end + length))
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
            hidden: asked.hidden.or(self.hidden),
            struck: asked.struck.or(self.struck),
            totals: asked.totals.or(self.totals),
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    1 + memchr::memchr_iter(b'\n', before).count()
}
