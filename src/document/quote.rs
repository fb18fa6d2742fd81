//! Texts as TOML strings that any editor and any terminal can take: what would be obeyed is escaped.

/// `text` as a basic string; over several lines where it has several.
pub(super) fn quoted(text: &str) -> String {
    if text.contains('\n') {
        let lines: Vec<String> = text.split('\n').map(escaped).collect();
        return format!("\"\"\"\n{}\"\"\"", lines.join("\n"));
    }
    format!("\"{}\"", escaped(text))
}

/// Strings in a row.
pub(super) fn quoted_list(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let items: Vec<String> = items
        .into_iter()
        .map(|item| quoted(item.as_ref()))
        .collect();
    format!("[{}]", items.join(", "))
}

fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => shown.push_str("\\\""),
            '\\' => shown.push_str("\\\\"),
            '\t' => shown.push_str("\\t"),
            '\r' => shown.push_str("\\r"),
            _ if is_obeyed(letter) => shown.push_str(&format!("\\u{:04X}", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    shown
}

/// Control characters, separators of lines, and marks that turn the direction of writing. All lie in the first plane.
fn is_obeyed(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_terminal_gets_no_orders() {
        assert_eq!(
            quoted("a\u{1b}[31m \"b\" \\ \u{202e}"),
            r#""a\u001B[31m \"b\" \\ \u202E""#
        );
        assert_eq!(quoted("丸紅\n二行"), "\"\"\"\n丸紅\n二行\"\"\"");
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "(?s).{0,40}") {
            let table: toml::Table = toml::from_str(&format!("a = {}", quoted(&text))).expect("TOML");
            prop_assert_eq!(table.get("a").and_then(toml::Value::as_str), Some(text.as_str()));
        }
    }
}
