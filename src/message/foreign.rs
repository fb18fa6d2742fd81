//! What libraries say, in the language of the reader as far as it is known.

use std::cell::RefCell;
use std::fmt;

use super::{ENGLISH, Explain, Message};

thread_local! {
    /// The last message that serde was given, and its English text: serde keeps nothing of an error but the text.
    static PASSED_ON: RefCell<Option<(String, Message)>> = const { RefCell::new(None) };
}

/// Returns an error of serde that [`Message::foreign`] knows again.
pub(crate) fn in_serde<E: serde::de::Error>(error: &impl Explain) -> E {
    let message = error.message();
    let text = message.to_string();
    PASSED_ON.set(Some((text.clone(), message)));
    E::custom(text)
}

impl Message {
    /// What a library says. The words of this program that it passes on, and its own usual ones, are translated.
    pub(crate) fn foreign(text: impl fmt::Display) -> Self {
        let text = text.to_string();
        let (said, place) = without_place(&text);
        let passed_on = PASSED_ON.with_borrow(|known| {
            let known = known.as_ref().filter(|(text, _)| text == said);
            known.map(|(_, message)| message.clone())
        });
        let what = passed_on
            .or_else(|| of_serde(said))
            .unwrap_or_else(|| message!("foreign", text = said));
        match place {
            Some((line, column)) => message!("foreign-at", what, line, column),
            None => what,
        }
    }
}

/// Cuts off the place that serde_json puts behind an error: ` at line 1 column 20`.
fn without_place(text: &str) -> (&str, Option<(u64, u64)>) {
    let cut = text.rsplit_once(" at line ").and_then(|(said, place)| {
        let (line, column) = place.split_once(" column ")?;
        Some((said, (line.parse().ok()?, column.parse().ok()?)))
    });
    cut.map_or((text, None), |(said, place)| (said, Some(place)))
}

/// The usual sentences of serde and serde_json.
fn of_serde(text: &str) -> Option<Message> {
    let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
    if text.starts_with("missing field `") {
        let name = quoted(text)?;
        return Some(message!("serde-missing-field", name));
    }
    if text.starts_with("duplicate field `") {
        let name = quoted(text)?;
        return Some(message!("serde-field-twice", name));
    }
    if text.starts_with("unknown field `") {
        let name = quoted(text)?;
        let known = known(text)?;
        return Some(message!("serde-unknown-field", name, known));
    }
    if text.starts_with("unknown variant `") {
        let name = quoted(text)?;
        let known = known(text)?;
        return Some(message!("serde-unknown-word", name, known));
    }
    let mismatch = ["invalid type: ", "invalid value: "];
    if let Some(rest) = mismatch.iter().find_map(|front| text.strip_prefix(front)) {
        let (found, wanted) = rest.split_once(", expected ")?;
        let (found, wanted) = (thing(found), thing(wanted));
        return Some(message!("serde-type", found, wanted));
    }
    const SYNTAX: [&str; 9] = [
        "EOF while parsing",
        "expected value",
        "expected ident",
        "expected `",
        "key must be a string",
        "trailing ",
        "control character",
        "invalid escape",
        "invalid number",
    ];
    if SYNTAX.iter().any(|front| text.starts_with(front)) {
        return Some("serde-syntax".into());
    }
    own(text)
}

/// The words that are possible, as serde lists them.
fn known(text: &str) -> Option<&str> {
    let (_, known) = text.split_once("expected ")?;
    Some(known.strip_prefix("one of ").unwrap_or(known))
}

/// What serde calls a value: a text, a number … A value in the data stands behind its kind.
fn thing(text: &str) -> Message {
    let bare = text.strip_prefix("a ").unwrap_or(text);
    let (kind, value) = match bare.split_once(['`', '"']) {
        Some((kind, value)) => (kind.trim(), value.trim_end_matches(['`', '"'])),
        None => (bare, ""),
    };
    let kind = match kind {
        "string" | "borrowed string" | "str" => "serde-text",
        "boolean" | "bool" => "serde-flag",
        "character" | "char" => "serde-sign",
        "sequence" => "serde-list",
        "map" => "serde-table",
        "null" | "unit value" => "serde-nothing",
        "integer" | "floating point" | "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64"
        | "f64" => "serde-number",
        _ if kind.starts_with("struct ") => "serde-table",
        _ => return own(text).unwrap_or_else(|| message!("foreign", text)),
    };
    let kind = Message::from(kind);
    match value {
        "" => kind,
        value => message!("serde-thing", kind, value),
    }
}

/// A key of ours, which stands for its sentence where serde asks for a text.
fn own(text: &str) -> Option<Message> {
    let is_key = text.starts_with("serde-") || text.starts_with("why-");
    let is_ours = is_key && ENGLISH.contains(&format!("\n{text} = "));
    is_ours.then(|| Message::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Phrases;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        #[serde(rename = "name")]
        _name: String,
        #[serde(rename = "count")]
        _count: u8,
    }

    #[test]
    fn the_usual_words_of_libraries_are_translated() {
        let chinese = Phrases::of("zh");
        for (text, said) in [
            ("{}", "缺少字段“name”（第 1 行第 2 列）"),
            (
                r#"{"nam": 1}"#,
                "没有字段“nam”；可用字段为 `name` or `count`（第 1 行第 6 列）",
            ),
            (r#"{"name": 3}"#, "应为文本，实为数字 3（第 1 行第 10 列）"),
            ("[", "此处的值、逗号或括号有误或缺失（第 1 行第 1 列）"),
        ] {
            let error = serde_json::from_str::<Row>(text).expect_err(text);
            assert_eq!(chinese.say(&Message::foreign(error)), said, "{text}");
        }
    }
}
