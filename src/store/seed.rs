//! The records shipped with the program: `seeds/*.csv`, put together into documents. Loading them twice changes nothing.

mod arrival;
mod choices;
mod moving;
mod table;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::record::{Document, Kind, without_empty};
use super::{Batch, Error, Intent, Store};
use crate::domain::{Decimal, Moment, seeded_id};
use arrival::Arrival;
pub(crate) use arrival::Open;
pub(crate) use choices::{Choices, Why};
pub(crate) use moving::Moved;
use table::{Table, list, text};

/// What a new registry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contents {
    /// All the records shipped with the program.
    Everything,
    /// Countries, currencies, forums, indicators and the cooperation's timeline, without projects and parties.
    Reference,
}

/// What became of the shipped records.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// None when nothing was recorded.
    pub(crate) batch: Option<Batch>,
    /// Records added or brought up to date.
    pub(crate) saved: usize,
    /// Records of the registry that have another code now.
    pub(crate) moved: Vec<Moved>,
    /// Shipped records that people decide about; they were not taken in.
    pub(crate) open: Vec<Open>,
}

/// Commands whose batches hold shipped records and nothing else.
const SEEDING: [&str; 2] = ["init", "migrate"];

impl Store {
    /// Takes in the shipped records, as [`Self::seed_by`] does without any choices.
    ///
    /// # Errors
    /// Those of [`Self::seed_by`].
    pub(crate) fn seed(
        &mut self,
        contents: Contents,
        intent: &Intent,
        clock: impl FnOnce() -> Moment,
    ) -> Result<Outcome, Error> {
        self.seed_by(contents, Choices::default(), intent, clock)
    }

    /// Takes in the shipped records that the registry does not have, and brings those up to date that nobody has changed here. About
    /// the others `choices` decide; those that they leave open stay as they are.
    ///
    /// # Errors
    /// [`Error::Decision`] when a choice is about nothing or cannot be carried out.
    pub(crate) fn seed_by(
        &mut self,
        contents: Contents,
        mut choices: Choices,
        intent: &Intent,
        clock: impl FnOnce() -> Moment,
    ) -> Result<Outcome, Error> {
        let documents = documents(contents)?;
        let (mut outcome, batch) = self.write(intent, clock, |writer| {
            let codes = documents
                .iter()
                .map(|document| (document.kind(), document.code().to_owned()));
            let codes = codes.collect();
            choices.refuse_shipped_codes(&codes)?;
            let arrival = Arrival::of(documents, &mut choices, writer)?;
            choices.refuse_unused()?;
            arrival.take_in(&choices, &codes, writer)
        })?;
        outcome.batch = batch;
        Ok(outcome)
    }
}

macro_rules! shipped {
    ($name:literal) => {
        Table::read($name, include_str!(concat!("../../seeds/", $name, ".csv")))?
    };
}

/// The shipped records, in an order in which nothing comes before what it refers to.
pub(super) fn documents(contents: Contents) -> Result<Vec<Document>, Error> {
    let mut all = Vec::new();
    for (kind, table) in [
        (Kind::Country, shipped!("country")),
        (Kind::Currency, shipped!("currency")),
        (Kind::Source, shipped!("source")),
        (Kind::Forum, shipped!("forum")),
    ] {
        table
            .into_rows()
            .try_for_each(|row| push(&mut all, kind, row))?;
    }
    if contents == Contents::Everything {
        parties(&mut all)?;
        projects(&mut all)?;
    }
    mechanism(&mut all)?;
    if contents == Contents::Everything {
        for row in shipped!("guideline_case").into_rows() {
            push(
                &mut all,
                Kind::GuidelineCase,
                with_lists(row, &["hosts", "partner_countries", "sources"]),
            )?;
        }
    }
    for mut row in shipped!("indicator_observation").into_rows() {
        let code = ["place", "indicator", "period"]
            .map(|column| text(&row, column).to_owned())
            .join("/");
        row.insert("code".to_owned(), json!(code));
        row.insert("source".to_owned(), json!(THE_PAPER));
        push(&mut all, Kind::IndicatorObservation, row)?;
    }
    Ok(all)
}

/// The source that every indicator was read in.
const THE_PAPER: &str = "S-0001";

fn mechanism(all: &mut Vec<Document>) -> Result<(), Error> {
    let mut texts = shipped!("mechanism_event_text").grouped_by("mechanism_event");
    for row in shipped!("mechanism_event").into_rows() {
        let mut row = with_lists(row, &["sources"]);
        let texts = texts.remove(text(&row, "code")).unwrap_or_default();
        row.insert("texts".to_owned(), json!(texts));
        push(all, Kind::MechanismEvent, row)?;
    }
    nothing_left("mechanism_event_text", &texts)
}

fn parties(all: &mut Vec<Document>) -> Result<(), Error> {
    let mut names = shipped!("party_name").grouped_by("party");
    for mut row in shipped!("party").into_rows() {
        let names = names.remove(text(&row, "code")).unwrap_or_default();
        row.insert("other_names".to_owned(), json!(names));
        row.insert("identifiers".to_owned(), json!([]));
        push(all, Kind::Party, row)?;
    }
    nothing_left("party_name", &names)
}

fn projects(all: &mut Vec<Document>) -> Result<(), Error> {
    let mut children = BTreeMap::from([
        (
            "participations",
            shipped!("participation").grouped_by("project"),
        ),
        ("events", shipped!("event").grouped_by("project")),
        ("amounts", amounts()?.grouped_by("project")),
        ("citations", shipped!("citation").grouped_by("project")),
    ]);
    for row in shipped!("project").into_rows() {
        let mut row = with_lists(row, &["hosts"]);
        let code = text(&row, "code").to_owned();
        for (name, table) in &mut children {
            let mut rows = table.remove(&code).unwrap_or_default();
            let value = if *name == "citations" {
                rows.iter()
                    .map(|row| row.get("source").cloned().unwrap_or_default())
                    .collect()
            } else {
                for (number, row) in (1..).zip(&mut rows) {
                    row.insert("number".to_owned(), Value::from(number));
                    if *name == "events" {
                        row.insert("due_on".to_owned(), Value::Null);
                    }
                }
                json!(rows)
            };
            row.insert((*name).to_owned(), value);
        }
        for name in ["objectives", "identifiers", "risks"] {
            row.insert(name.to_owned(), json!([]));
        }
        push(all, Kind::Project, row)?;
    }
    children
        .iter()
        .try_for_each(|(name, left)| nothing_left(name, left))
}

/// The amounts in minor units: the file states them in currency units.
fn amounts() -> Result<Table, Error> {
    let places: BTreeMap<String, u32> = shipped!("currency")
        .into_rows()
        .filter_map(|row| {
            Some((
                text(&row, "code").to_owned(),
                u32::try_from(row.get("decimal_places")?.as_i64()?).ok()?,
            ))
        })
        .collect();
    let mut table = shipped!("amount");
    for row in table.rows_mut() {
        let places = places.get(text(row, "currency"));
        let amount: Option<Decimal> = row
            .remove("amount")
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|amount| amount.parse().ok());
        let minor_units = amount
            .zip(places)
            .and_then(|(amount, places)| amount.to_minor_units(*places).ok());
        let minor_units = minor_units
            .ok_or_else(|| Error::Seed(format!("an amount of {}", text(row, "project"))))?;
        row.insert("minor_units".to_owned(), json!(minor_units));
    }
    Ok(table)
}

fn with_lists(mut row: Map<String, Value>, columns: &[&str]) -> Map<String, Value> {
    for column in columns {
        let values = list(&row, column);
        row.insert((*column).to_owned(), values);
    }
    row
}

fn nothing_left(name: &str, left: &BTreeMap<String, Vec<Map<String, Value>>>) -> Result<(), Error> {
    match left.keys().next() {
        Some(code) => Err(Error::Seed(format!(
            "{name} of {code}, which is not among them"
        ))),
        None => Ok(()),
    }
}

/// Reads a row as a document, and makes sure that nothing of the row got lost on the way.
fn push(all: &mut Vec<Document>, kind: Kind, mut row: Map<String, Value>) -> Result<(), Error> {
    let code = text(&row, "code").to_owned();
    let refuse = |what: String| Error::Seed(format!("{kind} {code}: {what}"));
    row.insert("id".to_owned(), json!(seeded_id(kind.word(), &code)));
    let document = kind
        .document(Value::Object(row.clone()))
        .map_err(|error| refuse(error.to_string()))?;
    let read = document
        .to_value()
        .map_err(|error| refuse(error.to_string()))?;
    let (row, read) = (without_empty(&Value::Object(row)), without_empty(&read));
    let mut columns = row.as_object().into_iter().flatten();
    if let Some((column, _)) = columns.find(|(column, value)| read.get(column) != Some(value)) {
        return Err(refuse(format!("{column:?} is not understood")));
    }
    all.push(document);
    Ok(())
}

#[cfg(test)]
mod tests;
