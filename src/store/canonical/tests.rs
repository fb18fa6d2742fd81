//! The same bytes as by way of a value with sorted keys.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

#[test]
fn every_shipped_record_is_written_as_its_value_is() {
    for document in crate::store::shipped() {
        let value = document.to_value().expect("a value");
        let (text, is_recordable) = canonical(&document).expect("canonical");
        assert_eq!(text, value.to_string());
        assert!(is_recordable);
    }
}

fn is_recordable(document: &Value) -> bool {
    match document {
        Value::String(text) => text_fault(text).is_none(),
        Value::Array(items) => items.iter().all(is_recordable),
        Value::Object(fields) => fields.values().all(is_recordable),
        _ => true,
    }
}

fn values() -> impl Strategy<Value = Value> {
    let text = proptest::string::string_regex("[a-z\"\\\\\n\u{0}é漢 ]{0,6}").expect("a pattern");
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key = proptest::string::string_regex("[a-z_]{1,5}").expect("a pattern");
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// A value whose objects are written from the last key to the first.
struct Backwards<'a>(&'a Value);

impl Serialize for Backwards<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(fields) => {
                serializer.collect_map(fields.iter().rev().map(|(key, value)| (key, Self(value))))
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Self)),
            other => other.serialize(serializer),
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_writing_does_not_matter(value in values()) {
        let (text, recordable) = canonical(&Backwards(&value)).expect("canonical");
        prop_assert_eq!(text, value.to_string());
        prop_assert_eq!(recordable, is_recordable(&value));
    }
}

#[test]
fn a_text_that_cannot_be_recorded_is_noticed() {
    for text in ["", " ", "a\u{0}b"] {
        let (_, is_recordable) = canonical(&json!({"a": [{"b": text}]})).expect("canonical");
        assert!(!is_recordable, "{text:?}");
    }
}
