//! What differs between two states of a record: field by field, list items by their numbers.

mod order;

use std::cell::LazyCell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::{Names, RecordId, Translated};
use crate::store::{Document, Kind, Step};
#[cfg(test)]
pub(crate) use order::ORDER;
pub(crate) use order::place;

/// A record as something changed it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct RecordChange {
    pub(crate) kind: Kind,
    pub(crate) code: String,
    pub(crate) id: Option<RecordId>,
    /// For a reader of the chosen language.
    pub(crate) title: Option<String>,
    pub(crate) change: How,
    pub(crate) fields: Vec<FieldChange>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FieldChange {
    /// The list that the item is in; null for what is stated once.
    pub(crate) list: Option<String>,
    /// The item: its number, or itself where items have none; null where the whole list is meant.
    pub(crate) item: Option<String>,
    /// The field; null where the whole item is meant.
    pub(crate) field: Option<String>,
    pub(crate) change: How,
    pub(crate) before: Value,
    pub(crate) after: Value,
    /// The whole item or record, before and after, which one field may need to be read: the currency of an amount, say.
    #[serde(skip)]
    pub(crate) whole: Arc<[Value; 2]>,
}

impl FieldChange {
    /// Whether the other says the same.
    fn is_like(&self, other: &Self) -> bool {
        (&self.list, &self.item, &self.field, self.change)
            == (&other.list, &other.item, &other.field, other.change)
            && self.before == other.before
            && self.after == other.after
    }

    /// The item as it is, or as it was last.
    pub(crate) fn last(&self) -> &Value {
        let [before, after] = &*self.whole;
        if after.is_null() { before } else { after }
    }
}

/// Whether two lists of changes say the same.
pub(crate) fn are_alike(one: &[FieldChange], other: &[FieldChange]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_like(other))
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum How {
    Added,
    Changed,
    Removed,
}

impl How {
    /// What became of what was there before, or not, and is there now, or not.
    pub(crate) fn of(was_there: bool, is_there: bool) -> Self {
        match (was_there, is_there) {
            (false, _) => Self::Added,
            (_, false) => Self::Removed,
            _ => Self::Changed,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl RecordChange {
    /// What `step` changed; `title` is how readers know the record.
    pub(crate) fn of(step: &Step, title: Option<String>) -> Self {
        let shown = step.after.as_ref().or(step.before.as_ref());
        Self {
            kind: step.kind,
            code: step.code.clone(),
            id: shown.map(Document::id),
            title,
            change: How::of(step.before.is_some(), step.after.is_some()),
            fields: field_changes(step.before.as_ref(), step.after.as_ref()),
        }
    }
}

/// How readers know a record: its names, where it has any.
pub(crate) fn names_of(document: &Document) -> Names<'_> {
    let three = |en, zh, ja| Names {
        en,
        zh,
        ja,
        native: None,
        translated: Translated::default(),
    };
    match document {
        Document::Country(country) => three(
            Some(country.name_en.as_str()),
            Some(country.name_zh.as_str()),
            Some(country.name_ja.as_str()),
        ),
        Document::Currency(currency) => three(
            Some(currency.name_en.as_str()),
            currency.name_zh.as_deref(),
            currency.name_ja.as_deref(),
        ),
        Document::Source(source) => three(
            source.title.as_deref().or(source.publisher.as_deref()),
            None,
            None,
        ),
        Document::Forum(forum) => forum.names(),
        Document::Party(party) => party.names(),
        Document::Project(project) => project.titles(),
        Document::MechanismEvent(event) => event.titles(),
        Document::GuidelineCase(case) => three(
            Some(case.facts.title_en.as_str()),
            case.facts.title_zh.as_deref(),
            case.facts.title_ja.as_deref(),
        ),
        Document::Refusal(refusal) => three(refusal.title.as_deref(), None, None),
        Document::IndicatorObservation(_)
        | Document::Judgement(_)
        | Document::Waiver(_)
        | Document::ExchangeRate(_)
        | Document::Mapping(_) => Names::default(),
    }
}

/// What differs between two states of one record. A record that is not there has no fields.
pub(crate) fn field_changes(
    before: Option<&Document>,
    after: Option<&Document>,
) -> Vec<FieldChange> {
    let fields = |document: Option<&Document>| match document.map(Document::to_value) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let mut found = between(None, &before, &after);
    if before.is_empty() || after.is_empty() {
        // What the record is called says the heading.
        found.retain(|difference| !matches!(difference.field.as_deref(), Some("code" | "id")));
    }
    found
}

/// The differing fields of two objects; `within` is the list and the item that they are.
fn between(
    within: Option<(&str, &str)>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<FieldChange> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names.sort_by_cached_key(|name| place(name));
    // One for all fields, however many differ.
    let whole = LazyCell::new(|| Arc::new([before, after].map(|item| Value::Object(item.clone()))));
    let mut found = Vec::new();
    for name in names {
        let value = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or_default();
        let (mut old, mut new) = (value(before), value(after));
        if within.is_none() && name == "origins" {
            // What a list stated is kept as digests, which say nothing to people.
            without_states(&mut old);
            without_states(&mut new);
        }
        if old == new {
            continue;
        }
        if let (None, true) = (within, old.is_array() || new.is_array()) {
            found.extend(of_list(name, &items(old), &items(new)));
            continue;
        }
        found.push(FieldChange {
            list: within.map(|(list, _)| list.to_owned()),
            item: within.map(|(_, item)| item.to_owned()),
            field: Some(name.clone()),
            change: how(&old, &new),
            before: old,
            after: new,
            whole: Arc::clone(&whole),
        });
    }
    found
}

fn without_states(origins: &mut Value) {
    let origins = origins.as_array_mut().into_iter().flatten();
    for origin in origins.filter_map(Value::as_object_mut) {
        origin.remove("states");
    }
}

fn how(before: &Value, after: &Value) -> How {
    match (before, after) {
        (Value::Null, _) => How::Added,
        (_, Value::Null) => How::Removed,
        _ => How::Changed,
    }
}

fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// The differing items of two lists: by number where items have one, else as wholes.
fn of_list(list: &str, before: &[Value], after: &[Value]) -> Vec<FieldChange> {
    let number = |item: &Value| item.get("number").and_then(Value::as_i64);
    let mut found = Vec::new();
    let numbered = before
        .iter()
        .chain(after)
        .all(|item| number(item).is_some());
    if numbered {
        let mut numbers: Vec<_> = before.iter().chain(after).filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for wanted in numbers {
            let one = |items: &[Value]| {
                let item = items.iter().find(|item| number(item) == Some(wanted));
                item.cloned().unwrap_or_default()
            };
            let (old, new) = (one(before), one(after));
            match (&old, &new) {
                (Value::Object(old), Value::Object(new)) => {
                    found.extend(between(Some((list, &wanted.to_string())), old, new));
                }
                _ => found.push(whole(list, Some(wanted.to_string()), old, new)),
            }
        }
        return found;
    }
    let mut left = after.to_vec();
    for old in before {
        match left.iter().position(|new| new == old) {
            Some(place) => drop(left.remove(place)),
            None => found.push(whole(list, name_of(old), old.clone(), Value::Null)),
        }
    }
    let added = left
        .into_iter()
        .map(|new| whole(list, name_of(&new), Value::Null, new));
    found.extend(added);
    if found.is_empty() {
        // The same items in another order.
        found.push(whole(
            list,
            None,
            before.to_vec().into(),
            after.to_vec().into(),
        ));
    }
    found
}

fn name_of(item: &Value) -> Option<String> {
    item.as_str().map(str::to_owned)
}

fn whole(list: &str, item: Option<String>, before: Value, after: Value) -> FieldChange {
    FieldChange {
        list: Some(list.to_owned()),
        item,
        field: None,
        change: how(&before, &after),
        whole: Arc::new([before.clone(), after.clone()]),
        before,
        after,
    }
}

#[cfg(test)]
mod tests;
