//! A rule: where a value comes from, and how it is read.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use super::value::{Holds, Reading, check_word};
use crate::domain::fold;
use crate::exchange::intake::Effect;
use crate::message::{Message, in_serde};

/// Where a value comes from, and how it is read. `mode = "Type"` is short for `mode = { column = "Type" }`.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange::intake) struct Rule {
    pub(super) columns: Vec<String>,
    pub(super) join: String,
    pub(super) labelled: bool,
    pub(super) constant: Option<String>,
    /// What it is where no column says anything of ours.
    pub(super) default: Option<String>,
    pub(super) values: HashMap<String, Answer>,
    pub(super) unlisted: Unlisted,
    pub(super) split: Option<String>,
    pub(super) reading: Reading,
    /// A row in which it finds nothing is a finding.
    pub(super) required: bool,
    /// Its columns are written once for the rows of a group.
    pub(super) fill_down: bool,
    /// The table of values that it uses, until [`Rule::share_values`] has put it in.
    named: Option<String>,
    pub(super) on_finding: Option<Effect>,
}

/// What a word of the file stands for: nothing known, one word of ours, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "why-mapping-answer")]
pub(in crate::exchange::intake) enum Answer {
    One(String),
    Several(Vec<String>),
}

impl Answer {
    /// The words, an empty one left out.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let words = match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Several(words) => words,
        };
        words
            .iter()
            .map(String::as_str)
            .filter(|word| !word.is_empty())
    }
}

/// What becomes of a word that `values` does not list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::exchange::intake) enum Unlisted {
    /// It is read as it stands, and is a finding where it says nothing.
    #[default]
    Read,
    /// It is a finding.
    Finding,
    /// It is left aside.
    Ignore,
}

/// A rule as it is written in full.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    column: Option<String>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default = "blank")]
    join: String,
    #[serde(default)]
    labelled: bool,
    constant: Option<Constant>,
    default: Option<Constant>,
    values: Option<Values>,
    #[serde(default)]
    unlisted: Unlisted,
    split: Option<String>,
    #[serde(default)]
    formats: Vec<String>,
    pivot: Option<u32>,
    thousands: Option<String>,
    decimal: Option<String>,
    factor: Option<u32>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    fill_down: bool,
    on_finding: Option<Effect>,
}

/// Words of theirs and ours: a table in place, or the name of one that several rules use.
#[derive(Deserialize)]
#[serde(untagged, expecting = "why-mapping-answers")]
enum Values {
    Named(String),
    Here(HashMap<String, Answer>),
}

/// A constant, in quotation marks or not.
#[derive(Deserialize)]
#[serde(untagged, expecting = "why-mapping-constant")]
enum Constant {
    Text(String),
    Flag(bool),
    Number(i64),
}

impl Constant {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

fn blank() -> String {
    " ".to_owned()
}

impl TryFrom<Written> for Rule {
    type Error = Message;

    fn try_from(written: Written) -> Result<Self, Message> {
        let mut columns = written.columns;
        columns.extend(written.column);
        if !columns.is_empty() && written.constant.is_some() {
            return Err("why-mapping-rule".into());
        }
        let (values, named) = match written.values {
            None => (HashMap::new(), None),
            Some(Values::Here(values)) => (values, None),
            Some(Values::Named(name)) => (HashMap::new(), Some(name)),
        };
        Ok(Self {
            columns,
            join: written.join,
            labelled: written.labelled,
            constant: written.constant.map(Constant::text),
            default: written.default.map(Constant::text),
            values,
            unlisted: written.unlisted,
            split: written.split,
            reading: Reading::new(
                &written.formats,
                written.pivot,
                written.thousands,
                written.decimal,
                written.factor,
            )?,
            required: written.required,
            fill_down: written.fill_down,
            named,
            on_finding: written.on_finding,
        })
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Rule;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("serde-rule")
            }

            fn visit_str<E: serde::de::Error>(self, column: &str) -> Result<Rule, E> {
                Ok(Rule {
                    columns: vec![column.to_owned()],
                    ..Rule::default()
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Rule, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                Rule::try_from(written).map_err(|why| in_serde(&why))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Rule {
    /// Whether it says where its value comes from.
    pub(super) fn has_origin(&self) -> bool {
        !self.columns.is_empty() || self.constant.is_some()
    }

    /// Puts in the table of values that it names.
    ///
    /// # Errors
    /// With the name, when there is no such table.
    pub(super) fn share_values(
        &mut self,
        tables: &BTreeMap<String, HashMap<String, Answer>>,
    ) -> Result<(), String> {
        if let Some(name) = self.named.take() {
            self.values = tables.get(&name).cloned().ok_or(name)?;
        }
        Ok(())
    }

    /// The words among its constant, its default and its answers that are no values of the kind, in quotation marks, and why.
    pub(super) fn mistakes(&self, holds: Holds) -> Vec<(String, Message)> {
        let answers = self.values.values().flat_map(Answer::words);
        let constants = [&self.constant, &self.default].into_iter().flatten();
        let words = constants.map(String::as_str).chain(answers);
        let mut mistakes: Vec<(String, Message)> = words
            .filter_map(|word| {
                let why = check_word(holds, word).err()?;
                Some((
                    format!("\"{word}\""),
                    message!("why-mapping-word", word, why),
                ))
            })
            .collect();
        mistakes.sort_unstable(); // the words stand in a table without an order
        mistakes.dedup();
        mistakes
    }

    /// What `text` stands for by the table of values. None: it is not listed.
    pub(super) fn answer(&self, text: &str) -> Option<&Answer> {
        if self.values.is_empty() {
            return None;
        }
        self.values.get(text).or_else(|| {
            let wanted = fold(text);
            self.values
                .iter()
                .find(|(word, _)| fold(word) == wanted)
                .map(|(_, answer)| answer)
        })
    }
}
