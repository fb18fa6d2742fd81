//! The text of a project that is not recorded yet: every field as a remark, and one part of each sort as an example.

use super::remark::Remarks;
use super::write::line;
use crate::domain::*;

/// Returns the text.
pub(crate) fn blank(remarks: Remarks<'_>) -> String {
    let mut text = remarks.opening("toml-new");
    let mut field = |name: &str, about: &str| line(&mut text, name, None, about);
    field("forum", &remarks.say("toml-forum"));
    macro_rules! lines {
        ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
            $(field(stringify!($field), &remarks.field::<$type>(stringify!($field)));)+
        };
    }
    project_fields!(lines);
    let lists = [
        ("hosts", remarks.say("toml-hosts")),
        ("objectives", remarks.words_of::<Objective>()),
        ("citations", remarks.say("toml-citations")),
    ];
    for (name, about) in lists {
        text.push_str(&format!("# {name} = []  # {about}\n"));
    }
    for (name, fields) in parts(remarks) {
        text.push_str(&format!("\n# [[{name}]]\n"));
        for (field, example, about) in fields {
            let about = match about.as_str() {
                "" => String::new(),
                about => format!("  # {about}"),
            };
            text.push_str(&format!("# {field} = {example}{about}\n"));
        }
    }
    text
}

/// A field of a part: its name, an example, and what it takes.
type Field = (&'static str, &'static str, String);

fn parts(remarks: Remarks<'_>) -> Vec<(&'static str, Vec<Field>)> {
    let plain = |name, example| (name, example, String::new());
    let said = |name, example, key| (name, example, remarks.say(key));
    vec![
        (
            "participations",
            vec![
                said("party", "\"Marubeni\"", "toml-party"),
                ("role", "\"owner\"", remarks.words_of::<Role>()),
                said("share_percent", "\"40\"", "toml-share"),
            ],
        ),
        (
            "events",
            vec![
                plain("kind", "\"status\""),
                ("status", "\"signed\"", remarks.words_of::<Status>()),
                said("on_date", "\"2026-05-01\"", "toml-date"),
                plain("source", "\"https://example.org/news\""),
                said("text", "\"\"", "toml-event"),
            ],
        ),
        (
            "events",
            vec![
                plain("kind", "\"milestone\""),
                plain("text", "\"First turbine runs\""),
                plain("due_on", "\"2028-06\""),
            ],
        ),
        (
            "amounts",
            vec![
                plain("amount", "\"12500000\""),
                plain("currency", "\"USD\""),
                ("kind", "\"loan\"", remarks.words_of::<AmountKind>()),
                ("basis", "\"commitment\"", remarks.words_of::<AmountBasis>()),
                plain("on_date", "\"2026-05-01\""),
                plain("source", "\"https://example.org/news\""),
            ],
        ),
        (
            "parties",
            vec![
                said("name_en", "\"Lao Wind Power\"", "toml-new-party"),
                ("kind", "\"company\"", remarks.words_of::<PartyKind>()),
                plain("country", "\"Laos\""),
            ],
        ),
        (
            "sources",
            vec![
                said("url", "\"https://example.org/news\"", "toml-new-source"),
                plain("title", "\"\""),
                plain("publisher", "\"\""),
                (
                    "publisher_kind",
                    "\"press\"",
                    remarks.words_of::<PublisherKind>(),
                ),
                plain("read_on", "\"2026-05-02\""),
                ("confidence", "\"medium\"", remarks.words_of::<Confidence>()),
            ],
        ),
    ]
}
