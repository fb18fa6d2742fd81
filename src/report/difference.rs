//! What a change does to records, field by field.

use serde::Serialize;
use serde_json::Value;

/// Fields that differ between two states of the registry. JSON is the array of them.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Differences(pub(crate) Vec<Difference>);

/// One field of one record.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Difference {
    pub(crate) kind: String,
    pub(crate) code: String,
    /// Like `title_en` or `events 3 on_date`.
    pub(crate) field: String,
    /// Null where nothing was stated.
    pub(crate) before: Value,
    pub(crate) after: Value,
}

/// What makes a record what it is; never of interest in a difference.
const IDENTITY: [&str; 3] = ["code", "id", "number"];

impl Differences {
    /// Adds what differs between two states of one record; null is a record that is not there.
    pub(crate) fn add(&mut self, kind: &str, code: &str, before: &Value, after: &Value) {
        let mut fields = Vec::new();
        compare(String::new(), before, after, &mut fields);
        let of_record = fields.into_iter().map(|(field, before, after)| Difference {
            kind: kind.to_owned(),
            code: code.to_owned(),
            field,
            before,
            after,
        });
        self.0.extend(of_record);
    }
}

fn compare(path: String, before: &Value, after: &Value, found: &mut Vec<(String, Value, Value)>) {
    if before == after || is_nothing(before) && is_nothing(after) {
        return;
    }
    let (left, right) = (parts(before), parts(after));
    if left.is_none() && right.is_none() || path_ends(before, after) {
        found.push((path, before.clone(), after.clone()));
        return;
    }
    let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
    let mut names: Vec<&String> = left.iter().map(|(name, _)| name).collect();
    names.extend(
        right
            .iter()
            .map(|(name, _)| name)
            .filter(|name| left.iter().all(|(other, _)| other != *name)),
    );
    for name in names {
        let value = |parts: &[(String, Value)]| {
            let part = parts.iter().find(|(other, _)| other == name);
            part.map_or(Value::Null, |(_, value)| value.clone())
        };
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path} {name}")
        };
        compare(path, &value(&left), &value(&right), found);
    }
}

/// Whether the two are values rather than things with parts of their own.
fn path_ends(before: &Value, after: &Value) -> bool {
    let is_single = |value: &Value| !is_nothing(value) && parts(value).is_none();
    is_single(before) || is_single(after)
}

/// Null and the empty list say the same.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// The fields of an object, or the numbered items of a list; a list of words is one value.
fn parts(value: &Value) -> Option<Vec<(String, Value)>> {
    match value {
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .filter(|(name, _)| !IDENTITY.contains(&name.as_str()));
            Some(
                fields
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            )
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let numbered = (1..).zip(items).map(|(place, item)| {
                let number = item.get("number").and_then(Value::as_i64).unwrap_or(place);
                (number.to_string(), item.clone())
            });
            Some(numbered.collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: &Value, after: &Value) -> Vec<String> {
        let mut differences = Differences::default();
        differences.add("project", "P-0001", before, after);
        let told = differences.0.into_iter();
        told.map(|one| format!("{}: {} → {}", one.field, one.before, one.after))
            .collect()
    }

    #[test]
    fn fields_and_numbered_parts_are_compared() {
        let before = json!({"code": "P-0001", "note": null, "hosts": ["TH"],
            "events": [{"number": 1, "text": "a"}, {"number": 3, "text": "c"}]});
        let after = json!({"code": "P-0001", "note": "n", "hosts": ["TH", "LA"],
            "events": [{"number": 1, "text": "b"}, {"number": 4, "text": "d"}]});
        assert_eq!(
            told(&before, &after),
            [
                r#"events 1 text: "a" → "b""#,
                r#"events 3 text: "c" → null"#,
                r#"events 4 text: null → "d""#,
                r#"hosts: ["TH"] → ["TH","LA"]"#,
                r#"note: null → "n""#,
            ]
        );
    }

    #[test]
    fn a_new_record_shows_what_it_states() {
        assert_eq!(
            told(
                &Value::Null,
                &json!({"id": "x", "a": 1, "b": null, "c": []})
            ),
            ["a: null → 1"]
        );
        assert_eq!(told(&json!({"a": 1}), &Value::Null), ["a: 1 → null"]);
        assert!(told(&Value::Null, &Value::Null).is_empty());
        let filled = json!({"risks": [{"number": 2, "text": "a"}]});
        assert_eq!(
            told(&json!({"risks": []}), &filled),
            [r#"risks 2 text: null → "a""#]
        );
    }
}
