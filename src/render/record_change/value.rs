//! The value of a field as people read it: words of the registry in their language, codes with the names behind them.

use serde_json::Value;

use super::{Words, is_numbered};
use crate::domain::without_link;
use crate::render::money::money;
use crate::report::place;
use crate::store::Kind;

/// A field of a record, or of an item of one of its lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) kind: Kind,
    pub(super) list: Option<&'a str>,
    pub(super) name: &'a str,
}

/// The vocabulary whose words a field holds: the prefix of their labels.
pub(super) fn vocabulary(field: Field<'_>) -> Option<&'static str> {
    Some(match (field.list, field.name) {
        (Some("events"), "kind") => "event-kind",
        (Some("events"), "evidence") => "evidence",
        (Some("amounts"), "kind") => "amount-kind",
        (Some("amounts"), "basis") => "amount-basis",
        (Some("risks"), "category") => "risk-category",
        (Some("risks"), "level") => "risk-level",
        (Some("risks"), "state") => "risk-state",
        (Some("participations"), "role") => "role",
        (Some("other_names"), "kind") => "name-kind",
        (Some("objectives"), _) => "objective",
        (None, "kind") if field.kind == Kind::Party => "party-kind",
        (None, "kind") if field.kind == Kind::Source => "source-kind",
        (None, "link") => "source-link",
        (Some("other_names" | "texts"), "basis") => "text-basis",
        (None, "title_zh_basis" | "title_ja_basis") => "text-basis",
        (None, "kind") if field.kind == Kind::MechanismEvent => "mechanism-event-kind",
        (None, "publisher_kind") => "publisher-kind",
        (None, "mentions_third_country_cooperation") => "mention",
        (None, "standing") => "case-standing",
        (None, "verdict") => "verdict",
        (None, "japan_related") => "yes-no",
        (None, "instrument") => "instrument",
        (None, "mode") => "mode",
        (None, "mode_basis") => "mode-basis",
        (None, "sector") => "sector",
        (None, "membership") => "membership",
        (None, "side") => "side",
        (None, "desk") => "desk",
        (_, "status") => "status",
        (_, "confidence") => "confidence",
        _ => return None,
    })
}

/// What a field says. `context` is the item or the record that it belongs to.
pub(super) fn value_text(
    field: Field<'_>,
    value: &Value,
    context: &Value,
    words: &Words<'_>,
) -> String {
    let labels = words.labels;
    match value {
        Value::Null => labels.text("not-stated"),
        Value::Bool(value) => labels.text(if *value { "yes" } else { "no" }),
        Value::Number(number) if field.name == "minor_units" => {
            let currency = context
                .get("currency")
                .and_then(Value::as_str)
                .unwrap_or_default();
            match (number.as_i64(), words.glossary.places(currency)) {
                (Some(units), Some(places)) => money(currency, units, places),
                // Without its decimals an amount must not look like one in units.
                _ => {
                    let currency = currency.to_owned().into();
                    let units = number.to_string().into();
                    labels.with(
                        "money-in-minor-units",
                        &[("currency", currency), ("units", units)],
                    )
                }
            }
        }
        Value::String(word) => match (
            vocabulary(field),
            field
                .list
                .filter(|_| field.name.is_empty())
                .unwrap_or(field.name),
        ) {
            (Some(vocabulary), _) => labels.text(&format!("{vocabulary}-{word}")),
            (None, "hosts" | "partner_countries" | "country") => labels.country(word).to_owned(),
            (None, "url") if context["link"] == "withheld" => without_link(word),
            (None, "party") => named(Kind::Party, word, words),
            (None, "source" | "sources" | "citations") => named(Kind::Source, word, words),
            (None, "project") => named(Kind::Project, word, words),
            _ => word.clone(),
        },
        other => other.to_string(),
    }
}

/// A code with the name behind it.
fn named(kind: Kind, code: &str, words: &Words<'_>) -> String {
    match words.glossary.name(kind, code) {
        Some(name) => format!("{code} ({name})"),
        None => code.to_owned(),
    }
}

/// A whole item of a list: what it states, field by field.
pub(super) fn item_text(list: Option<&str>, item: &Value, words: &Words<'_>) -> String {
    let kind = words.kind;
    let Some(fields) = item.as_object() else {
        return value_text(
            Field {
                kind,
                list,
                name: "",
            },
            item,
            item,
            words,
        );
    };
    let mut stated: Vec<_> = fields.iter().collect();
    stated.sort_unstable_by_key(|(name, _)| (place(name), *name));
    // Names and identifiers explain themselves; what is not so needs no mention; the currency stands in the amount, and
    // the kind of an event in its status.
    let is_plain = list.is_some_and(|list| !is_numbered(list));
    let is_said = |name: &str, value: &Value| {
        let is_in_amount = name == "currency" && fields.contains_key("minor_units");
        let is_in_status =
            name == "kind" && fields.get("status").is_some_and(|status| !status.is_null());
        let is_empty = value.is_null() || *value == Value::Bool(false);
        name != "number" && !is_empty && !is_in_amount && !is_in_status
    };
    let stated = stated
        .into_iter()
        .filter(|(name, value)| is_said(name, value));
    let text = stated.map(|(name, value)| {
        let text = value_text(Field { kind, list, name }, value, item, words);
        if is_plain {
            return text;
        }
        let values = [("item", words.field(name).into()), ("field", text.into())];
        words.labels.with("difference-field", &values)
    });
    text.collect::<Vec<_>>().join("; ")
}
