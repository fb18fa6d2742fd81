//! Lists of records and single records, by the columns that they name.

use serde_json::{Map, Value};

use super::{Block, Cell, Labels, Offer, Page, Sheet, View};
use crate::report::{Card, Holds, Listing, Shown};

impl View for Listing {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add(self.block(labels));
        page
    }

    /// All fields that the first record has, in the order in which people see them and then by name.
    fn data(&self) -> Sheet {
        let mut names: Vec<&str> = self.columns.iter().map(|column| column.field).collect();
        let rest = self.items.iter().flat_map(|item| item.keys());
        for name in rest {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let mut sheet = Sheet::new(names.iter().copied());
        for item in &self.items {
            let value = |name: &&str| item.get(*name).map_or(Cell::NotStated, cell);
            sheet.rows.push(names.iter().map(value).collect());
        }
        sheet
    }
}

impl Listing {
    fn block(&self, labels: &Labels) -> Block {
        if self.items.is_empty() {
            return Block::Paragraph(labels.text("listing-empty"));
        }
        let is_stated = |column: &&Shown| {
            let stated = |item: &Map<String, Value>| {
                item.get(column.field).is_some_and(|value| !value.is_null())
            };
            !column.is_optional || self.items.iter().any(stated)
        };
        let columns: Vec<&Shown> = self.columns.iter().filter(is_stated).collect();
        let headings = columns.iter().map(|column| labels.text(column.label));
        let mut sheet = Sheet::new(headings);
        for item in &self.items {
            let row = columns.iter().map(|column| shown(item, column, labels));
            sheet.rows.push(row.collect());
        }
        Block::Table(sheet)
    }
}

impl View for Card {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(self.title.clone()));
        let is_shown = |column: &&Shown| {
            !column.is_optional
                || self
                    .record
                    .get(column.field)
                    .is_some_and(|value| !value.is_null())
        };
        let fields = self.columns.iter().filter(is_shown).map(|column| {
            let text = match shown(&self.record, column, labels).plain() {
                Cell::Text(text) => text.clone(),
                _ => labels.text("not-stated"),
            };
            (labels.text(column.label), text)
        });
        page.add(Block::Fields(fields.collect()));
        for (_, heading, list) in &self.lists {
            if !list.items.is_empty() {
                page.add(Block::Heading(labels.text(heading)));
                page.add(list.block(labels));
            }
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["section", "number", "field", "value"]);
        let mut add = |section: &str, number: Option<usize>, fields: &Map<String, Value>| {
            for (field, value) in fields {
                let number = number.map_or(Cell::Blank, Cell::Count);
                sheet.rows.push(vec![
                    section.into(),
                    number,
                    field.as_str().into(),
                    cell(value),
                ]);
            }
        };
        add("record", None, &self.record);
        for (name, _, list) in &self.lists {
            for (number, item) in (1..).zip(&list.items) {
                add(name, Some(number), item);
            }
        }
        sheet
    }
}

/// A field as people see it.
fn shown(item: &Map<String, Value>, column: &Shown, labels: &Labels) -> Cell {
    match (column.leads_to, item.get(column.field)) {
        (_, Some(offers)) if column.holds == Holds::Offers => Cell::Offers(offered(offers, labels)),
        (Some(place), Some(Value::String(code))) => {
            Cell::from(code.as_str()).linked(format!("{place}/{code}"))
        }
        (Some(place), Some(Value::Number(number))) => {
            Cell::from(number.to_string()).linked(format!("{place}/{number}"))
        }
        _ => unlinked(item, column, labels),
    }
}

/// Command lines as links to the forms that they fill in.
fn offered(offers: &Value, labels: &Labels) -> Vec<Offer> {
    let offers = offers.as_array().into_iter().flatten();
    let offer = |pair: &Value| {
        let line = pair[1].as_str()?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        Some(Offer {
            label: labels.text(pair[0].as_str()?),
            address: format!("fill?{}", query.append_pair("line", line).finish()),
            sends: None,
        })
    };
    offers.filter_map(offer).collect()
}

fn unlinked(item: &Map<String, Value>, column: &Shown, labels: &Labels) -> Cell {
    match (item.get(column.field), column.holds) {
        (Some(Value::String(word)), Holds::Words(key)) => {
            Cell::from(labels.text(&format!("{key}-{word}")))
        }
        (Some(Value::String(title)), Holds::Title) => {
            let is_translated = item.get("is_translated") == Some(&Value::Bool(true));
            Cell::from(labels.marked_title(title, is_translated, true))
        }
        (Some(Value::String(text)), Holds::Time) => {
            let time = text.parse().map(|time| labels.time(time));
            Cell::from(time.unwrap_or_else(|_| text.clone()))
        }
        (Some(Value::Number(days)), Holds::Days) => days.as_i64().map_or(Cell::Blank, Cell::Days),
        (Some(Value::String(code)), _) if column.field == "country" => {
            Cell::from(labels.country(code)).linked(format!("country/{code}"))
        }
        (None | Some(Value::Null), _) if column.is_optional => Cell::Blank,
        (Some(Value::Bool(value)), _) => Cell::from(labels.text(if *value { "yes" } else { "no" })),
        (Some(value), _) => cell(value),
        (None, _) => Cell::NotStated,
    }
}

/// A value of a document as a cell.
pub(super) fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::NotStated,
        Value::String(text) => Cell::from(text.as_str()),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            Cell::list(items.iter().filter_map(Value::as_str))
        }
        other => Cell::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::Language;
    use crate::report::Holds;

    #[test]
    fn times_and_durations_are_those_of_the_reader_and_data_keep_theirs() {
        const COLUMNS: &[Shown] = &[
            Shown::holding(Holds::Time, "made_at", "field-made_at"),
            Shown::holding(Holds::Days, "days", "field-duration").optional(),
        ];
        let record = |days: Option<i64>| json!({"made_at": "2026-11-23T22:00:00Z", "days": days});
        let records = [Some(585), None].map(|days| (record(days), Vec::new()));
        let list = Listing::of(COLUMNS, records).expect("a list");
        let zone = "Asia/Tokyo".parse().expect("a zone");
        let labels = Labels::new(Language::Japanese, Default::default()).in_zone(zone);
        let page = crate::render::text::write(&list.page(&labels, 80), &labels, 80);
        let rows: Vec<&str> = page.lines().skip(2).map(str::trim_end).collect();
        let time = "2026-11-24 07:00:00 Asia/Tokyo";
        assert_eq!(rows, [format!("{time}  1年7か月"), time.to_owned()]);
        let data = serde_json::to_value(&list).expect("JSON");
        assert_eq!(data[0], record(Some(585)));
    }
}
