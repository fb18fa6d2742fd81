//! A document as the tables read it: fields in the order in which they stand, texts borrowed from its JSON where they can be.
//!
//! It says the same as a [`serde_json::Value`] at a fraction of the cost, which is what an export of a million records is made of.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape<'a> {
    NotStated,
    Text(Cow<'a, str>),
    /// A number or a flag, as JSON writes it.
    Plain(Cow<'static, str>),
    List(Vec<Self>),
    Fields(Vec<(&'a str, Self)>),
}

impl<'a> Shape<'a> {
    /// Reads JSON.
    pub(crate) fn of(json: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// The field of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Fields(fields) = self else {
            return None;
        };
        let found = fields.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| value)
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Whether a text in it is as `test` says.
    pub(crate) fn any_text(&self, test: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Text(text) => test(text),
            Self::List(items) => items.iter().any(|item| item.any_text(test)),
            Self::Fields(fields) => fields.iter().any(|(_, value)| value.any_text(test)),
            Self::NotStated | Self::Plain(_) => false,
        }
    }

    /// The text of a value that is stated.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Plain(text) => Some(text),
            Self::NotStated | Self::List(_) | Self::Fields(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Shape<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(Reading)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Shape<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-value")
    }

    fn visit_unit<E>(self) -> Result<Shape<'de>, E> {
        Ok(Shape::NotStated)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Shape<'de>, E> {
        Ok(Shape::Plain(if flag { "true" } else { "false" }.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Shape<'de>, E> {
        Ok(Shape::Plain(number.to_string().into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Shape<'de>, E> {
        Ok(Shape::Plain(number.to_string().into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Shape<'de>, E> {
        let text = serde_json::Value::from(number).to_string();
        Ok(Shape::Plain(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Shape<'de>, E> {
        Ok(Shape::Text(text.to_owned().into()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Shape<'de>, E> {
        Ok(Shape::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Shape<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Shape::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape<'de>, A::Error> {
        let mut fields = Vec::new();
        // Names of fields are plain words, so that they can be borrowed.
        while let Some(name) = map.next_key::<&'de str>()? {
            fields.push((name, map.next_value()?));
        }
        Ok(Shape::Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_the_json_says() {
        let json = r#"{"a":null,"b":"x\n丸","c":[1,-2,true],"d":0.6667,"e":[{"n":1.0}]}"#;
        let shape = Shape::of(json).expect("JSON");
        let text = |name: &str| shape.get(name).and_then(Shape::text);
        assert_eq!(
            [text("a"), text("b"), text("d"), text("f")],
            [None, Some("x\n丸"), Some("0.6667"), None]
        );
        let list = shape.get("c").map(Shape::items).unwrap_or_default();
        let list: Vec<_> = list.iter().filter_map(Shape::text).collect();
        assert_eq!(list, ["1", "-2", "true"]);
        let item = shape
            .get("e")
            .and_then(|list| list.items().first()?.get("n")?.text());
        assert_eq!(item, Some("1.0"));
    }
}
