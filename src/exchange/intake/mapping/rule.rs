//! A rule: where a value comes from, and how it is read.

use std::collections::HashMap;
use std::fmt;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use super::value::{Holds, Reading, check_word};
use crate::domain::fold;
use crate::exchange::intake::Effect;

/// Where a value comes from, and how it is read. `mode = "Type"` is short for `mode = { column = "Type" }`.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange::intake) struct Rule {
    pub(super) columns: Vec<String>,
    pub(super) join: String,
    pub(super) labelled: bool,
    pub(super) constant: Option<String>,
    pub(super) values: HashMap<String, Answer>,
    pub(super) unlisted: Unlisted,
    pub(super) split: Option<String>,
    pub(super) reading: Reading,
    pub(super) on_finding: Option<Effect>,
}

/// What a word of the file stands for: nothing known, one word of ours, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
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
    #[serde(default)]
    values: HashMap<String, Answer>,
    #[serde(default)]
    unlisted: Unlisted,
    split: Option<String>,
    #[serde(default)]
    formats: Vec<String>,
    pivot: Option<u32>,
    thousands: Option<String>,
    decimal: Option<String>,
    factor: Option<u32>,
    on_finding: Option<Effect>,
}

/// A constant, in quotation marks or not.
#[derive(Deserialize)]
#[serde(untagged)]
enum Constant {
    Text(String),
    Flag(bool),
    Number(i64),
}

fn blank() -> String {
    " ".to_owned()
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let mut columns = written.columns;
        columns.extend(written.column);
        if !columns.is_empty() && written.constant.is_some() {
            return Err("a rule has a column or a constant, not both".to_owned());
        }
        Ok(Self {
            columns,
            join: written.join,
            labelled: written.labelled,
            constant: written.constant.map(|constant| match constant {
                Constant::Text(text) => text,
                Constant::Flag(flag) => flag.to_string(),
                Constant::Number(number) => number.to_string(),
            }),
            values: written.values,
            unlisted: written.unlisted,
            split: written.split,
            reading: Reading::new(
                &written.formats,
                written.pivot,
                written.thousands,
                written.decimal,
                written.factor,
            )?,
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
                formatter.write_str("the heading of a column, or a table with column or constant")
            }

            fn visit_str<E: serde::de::Error>(self, column: &str) -> Result<Rule, E> {
                Ok(Rule {
                    columns: vec![column.to_owned()],
                    ..Rule::default()
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Rule, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                Rule::try_from(written).map_err(serde::de::Error::custom)
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

    /// Whether its constant and its answers are values of the kind: the word that is none, and why.
    pub(super) fn check(&self, holds: Holds) -> Result<(), (String, String)> {
        let answers = self.values.values().flat_map(Answer::words);
        let words = self.constant.as_deref().into_iter().chain(answers);
        for word in words {
            check_word(holds, word)
                .map_err(|why| (format!("\"{word}\""), format!("{word:?}: {why}")))?;
        }
        Ok(())
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
