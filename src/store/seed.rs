//! The records shipped with the program: `seeds/*.csv`, put together into documents. Loading them twice changes nothing.

mod table;

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::journal::Entry;
use super::record::{Document, Kind};
use super::schema::{batch, entry};
use super::{Batch, Contents, Error, Intent, Store};
use crate::domain::{Decimal, Moment, seeded_id};
use table::{Table, list, text};

/// What taking in the shipped records came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// None when the registry had them all.
    pub(crate) batch: Option<Batch>,
    /// Records added or brought up to date.
    pub(crate) saved: usize,
    /// Kind and code of shipped records that somebody has changed since: left alone.
    pub(crate) left: Vec<(Kind, String)>,
}

/// Commands whose batches hold shipped records and nothing else.
const SEEDING: [&str; 2] = ["init", "migrate"];

impl Store {
    /// Takes in the shipped records that the registry does not have, and brings those up to date that nobody has touched.
    pub(crate) fn seed(
        &mut self,
        contents: Contents,
        intent: &Intent,
        clock: impl FnOnce() -> Moment,
    ) -> Result<Outcome, Error> {
        let documents = documents(contents)?;
        let (mut outcome, batch) = self.write(intent, clock, |writer| {
            let mut outcome = Outcome::default();
            for document in documents {
                let (kind, code) = (document.kind(), document.code().to_owned());
                if writer.is_touched(kind, &code, &document)? {
                    outcome.left.push((kind, code));
                } else if writer.save(document)? {
                    outcome.saved += 1;
                }
            }
            Ok::<_, Error>(outcome)
        })?;
        outcome.batch = batch;
        Ok(outcome)
    }
}

impl super::Writer<'_> {
    /// Whether somebody recorded something about this record other than what the program shipped.
    fn is_touched(&mut self, kind: Kind, code: &str, shipped: &Document) -> Result<bool, Error> {
        let Some(last) = Entry::last_of(kind, code, self.db())? else {
            return Ok(false);
        };
        if last.document.as_ref() == Some(shipped) {
            return Ok(false);
        }
        let by_others = entry::table
            .inner_join(batch::table.on(batch::number.eq(entry::batch)))
            .filter(
                entry::kind
                    .eq(kind)
                    .and(entry::code.eq(code))
                    .and(batch::command.ne_all(SEEDING)),
            );
        Ok(diesel::select(diesel::dsl::exists(by_others)).get_result(self.db())?)
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
    for row in shipped!("mechanism_event").into_rows() {
        push(
            &mut all,
            Kind::MechanismEvent,
            with_lists(row, &["sources"]),
        )?;
    }
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
    if let Some((column, _)) = row
        .iter()
        .find(|(column, value)| read.get(column) != Some(value))
    {
        return Err(refuse(format!("{column:?} is not understood")));
    }
    all.push(document);
    Ok(())
}

#[cfg(test)]
mod tests;
