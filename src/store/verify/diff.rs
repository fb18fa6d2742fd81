//! Where two documents differ, field by field.

use serde_json::{Map, Value};

/// A field that differs: its path, what the journal says and what the tables say.
#[derive(Debug, PartialEq)]
pub(crate) struct Difference {
    pub(crate) field: String,
    pub(crate) journal: Option<String>,
    pub(crate) tables: Option<String>,
}

/// The fields that differ. A path reads `events[2].status`: the event of number 2; of a list without numbers, the place
/// counted from 1.
pub(crate) fn differences(journal: &Value, tables: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(journal), Some(tables), &mut found);
    found
}

fn compare(
    path: &str,
    journal: Option<&Value>,
    tables: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    match (journal, tables) {
        (Some(left), Some(right)) if left == right => {}
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            let keys = left
                .keys()
                .chain(right.keys().filter(|key| !left.contains_key(*key)));
            for key in keys {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                compare(&path, left.get(key), right.get(key), found);
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            let (left, right) = (by_number(left), by_number(right));
            let numbers = left
                .keys()
                .chain(right.keys().filter(|key| !left.contains_key(*key)));
            for number in numbers {
                let path = format!("{path}[{number}]");
                compare(&path, left.get(number), right.get(number), found);
            }
        }
        (left, right) => found.push(Difference {
            field: path.to_owned(),
            journal: left.and_then(stated),
            tables: right.and_then(stated),
        }),
    }
}

/// The items of a list under their numbers: those that they bear, else their places.
fn by_number(items: &[Value]) -> Map<String, Value> {
    let number = |(place, item): (usize, &Value)| {
        let number = item.get("number").and_then(Value::as_i64);
        (
            number.map_or_else(|| (place + 1).to_string(), |number| number.to_string()),
            item.clone(),
        )
    };
    items.iter().enumerate().map(number).collect()
}

/// A value as people read it: text without quotes; nothing, where nothing is stated.
fn stated(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_named_by_number_or_place() {
        let journal = json!({"code": "P-0001", "hosts": ["TH", "VN"], "note": null,
            "events": [{"number": 1, "status": "signed"}, {"number": 4, "status": "completed"}]});
        let tables = json!({"code": "P-0001", "hosts": ["TH", "LA", "ID"], "note": "new",
            "events": [{"number": 4, "status": "cancelled"}]});
        let found = differences(&journal, &tables);
        let found: Vec<_> = found
            .iter()
            .map(|one| {
                (
                    one.field.as_str(),
                    one.journal.as_deref(),
                    one.tables.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("events[1]", Some(r#"{"number":1,"status":"signed"}"#), None),
                ("events[4].status", Some("completed"), Some("cancelled")),
                ("hosts[2]", Some("VN"), Some("LA")),
                ("hosts[3]", None, Some("ID")),
                ("note", None, Some("new")),
            ]
        );
        assert_eq!(differences(&journal, &journal), []);
    }
}
