//! What every list of records can be asked: which fields, in which order, how many.

use clap::Args;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::context::Context;
use crate::domain::{Invalid, Language, Names};
use crate::error::Error;
use crate::report::{Holds, Listing, Shown};
use crate::store::Reader;

/// Fields, order and number of the records in a list.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "List")]
pub(crate) struct ListedArgs {
    /// Only these fields, in this order (separated by commas)
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    fields: Vec<String>,
    /// Sort by this field; -FIELD for the reverse
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Show at most this many
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
}

impl ListedArgs {
    /// The same with these fields where some are to be chosen or sorted by and none were named; None where neither is asked for.
    pub(crate) fn shaped(&self, fields: &[&str]) -> Option<Self> {
        if self.fields.is_empty() && self.sort.is_none() {
            return None;
        }
        let mut shaped = self.clone();
        if shaped.fields.is_empty() {
            shaped.fields = fields.iter().map(|&field| field.to_owned()).collect();
        }
        Some(shaped)
    }

    /// Shows the list of `rows`, each a record with the fields that it has besides its own.
    ///
    /// # Errors
    /// When a field is not one that the list shows.
    pub(crate) fn show<R: Serialize, I: IntoIterator<Item = (R, Vec<(&'static str, Value)>)>>(
        &self,
        context: &Context,
        columns: &'static [Shown],
        rows: impl FnOnce(&mut Reader<'_>) -> Result<I, Error>,
    ) -> Result<(), Error> {
        let (listing, labels) = context.read(|reader| {
            let rows = rows(reader)?;
            let mut listing = Listing::of(columns, rows).map_err(crate::render::Error::Json)?;
            self.apply(&mut listing)?;
            Ok((listing, context.labels(reader)?))
        })?;
        context.show(&listing, &labels)
    }

    /// Brings the list into the form that is asked for.
    ///
    /// # Errors
    /// When a field is not one that the list shows.
    pub(super) fn apply(&self, listing: &mut Listing) -> Result<(), Error> {
        if let Some(sort) = &self.sort {
            let (field, is_reverse) = match sort.strip_prefix('-') {
                Some(field) => (field, true),
                None => (sort.as_str(), false),
            };
            known(field, listing)?;
            listing.items.sort_by(|one, other| {
                let order = key(one, field).cmp(&key(other, field));
                let numbers = number(one, field).zip(number(other, field));
                let order = numbers.map_or(order, |(one, other)| one.total_cmp(&other));
                if is_reverse { order.reverse() } else { order }
            });
        }
        if !self.fields.is_empty() {
            let mut columns = Vec::new();
            for field in &self.fields {
                columns.push(known(field, listing)?);
            }
            let has_title = columns.iter().any(|column| column.holds == Holds::Title);
            for item in &mut listing.items {
                // A title does not lose what says that it is translated.
                item.retain(|name, _| {
                    self.fields.contains(name) || has_title && name == "is_translated"
                });
            }
            listing.columns = columns;
        }
        listing.items.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(())
    }
}

/// The column of a field.
fn known(field: &str, listing: &Listing) -> Result<Shown, Error> {
    let column = listing.columns.iter().find(|column| column.field == field);
    column.copied().ok_or_else(|| {
        let columns = listing.columns.iter();
        let fields: Vec<String> = columns.map(|column| column.field.to_owned()).collect();
        Invalid::new(
            "what-list-field",
            field,
            message!("why-list-fields", fields),
        )
        .into()
    })
}

/// Returns the field of a title as a reader of `language` gets it, and whether it is a translation.
pub(crate) fn titled(
    field: &'static str,
    titles: Names<'_>,
    language: Language,
) -> Vec<(&'static str, Value)> {
    let title = titles.for_reader(language);
    let is_translated = titles.is_translated(language);
    vec![
        (field, Value::from(title)),
        ("is_translated", Value::from(is_translated)),
    ]
}

fn key(item: &Map<String, Value>, field: &str) -> String {
    match item.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

fn number(item: &Map<String, Value>, field: &str) -> Option<f64> {
    key(item, field).parse().ok()
}
