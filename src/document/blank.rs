//! The text of a project that is not recorded yet: every field as a remark, and one part of each sort as an example.

use super::write::{line, remark};
use crate::domain::*;

const OPENING: &str = "\
# A new project. Take the # away from what you fill in; save the text to record it, or leave it as it is to record nothing.
# What is not known is left out. Countries and parties may be named; a source is a code or an address.
";

/// Returns the text.
pub(crate) fn blank() -> String {
    let mut text = OPENING.to_owned();
    let mut field = |name: &str, about: &str| line(&mut text, name, None, about);
    field(
        "forum",
        "an agreement of a forum, like F1; none for a later project",
    );
    macro_rules! lines {
        ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
            $(field(stringify!($field), &remark::<$type>($about));)+
        };
    }
    project_fields!(lines);
    let lists = [
        (
            "hosts",
            "codes or names of countries, like [\"Laos\", \"TH\"]".to_owned(),
        ),
        ("objectives", words_of::<Objective>().join(", ")),
        ("citations", "sources of the project as a whole".to_owned()),
    ];
    for (name, about) in lists {
        text.push_str(&format!("# {name} = []  # {about}\n"));
    }
    for (name, fields) in parts() {
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

fn parts() -> Vec<(&'static str, Vec<Field>)> {
    let plain = |name, example| (name, example, String::new());
    fn word<V: Vocabulary>(name: &'static str, example: &'static str) -> Field {
        (name, example, words_of::<V>().join(", "))
    }
    vec![
        (
            "participations",
            vec![
                (
                    "party",
                    "\"Marubeni\"",
                    "its code or name; a new one stands below".to_owned(),
                ),
                word::<Role>("role", "\"owner\""),
                ("share_percent", "\"40\"", "where it is known".to_owned()),
            ],
        ),
        (
            "events",
            vec![
                plain("kind", "\"status\""),
                word::<Status>("status", "\"signed\""),
                (
                    "on_date",
                    "\"2026-05-01\"",
                    "a day, a month or a year".to_owned(),
                ),
                plain("source", "\"https://example.org/news\""),
                ("text", "\"\"", "what happened, in words".to_owned()),
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
                word::<AmountKind>("kind", "\"loan\""),
                word::<AmountBasis>("basis", "\"commitment\""),
                plain("on_date", "\"2026-05-01\""),
                plain("source", "\"https://example.org/news\""),
            ],
        ),
        (
            "parties",
            vec![
                (
                    "name_en",
                    "\"Lao Wind Power\"",
                    "a party that is not recorded yet; name_zh, name_ja too".to_owned(),
                ),
                word::<PartyKind>("kind", "\"company\""),
                plain("country", "\"Laos\""),
            ],
        ),
        (
            "sources",
            vec![
                (
                    "url",
                    "\"https://example.org/news\"",
                    "a source that is not recorded yet".to_owned(),
                ),
                plain("title", "\"\""),
                plain("publisher", "\"\""),
                word::<PublisherKind>("publisher_kind", "\"press\""),
                plain("read_on", "\"2026-05-02\""),
                word::<Confidence>("confidence", "\"medium\""),
            ],
        ),
    ]
}
