//! Reads the translations: pairs of `msgid` and `msgstr`, as gettext writes them.

use std::collections::HashMap;

/// Returns the translations of a file by their English texts. A text may go over several lines in quotation marks. An entry
/// without a translation is left out.
pub(super) fn read(file: &str) -> HashMap<String, String> {
    let mut translations = HashMap::new();
    let (mut english, mut translated) = (String::new(), String::new());
    let mut is_translation = false;
    for line in file.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("msgid ") {
            keep(&mut translations, &mut english, &mut translated);
            is_translation = false;
            english.push_str(&unquoted(text));
        } else if let Some(text) = line.strip_prefix("msgstr ") {
            is_translation = true;
            translated.push_str(&unquoted(text));
        } else if line.starts_with('"') && is_translation {
            translated.push_str(&unquoted(line));
        } else if line.starts_with('"') {
            english.push_str(&unquoted(line));
        }
    }
    keep(&mut translations, &mut english, &mut translated);
    translations
}

fn keep(translations: &mut HashMap<String, String>, english: &mut String, translated: &mut String) {
    let (english, translated) = (std::mem::take(english), std::mem::take(translated));
    if !english.is_empty() && !translated.is_empty() {
        translations.insert(english, translated);
    }
}

fn unquoted(text: &str) -> String {
    let text = text.strip_prefix('"').unwrap_or(text);
    let text = text.strip_suffix('"').unwrap_or(text);
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => {}
            },
            (letter, false) => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    #[test]
    fn entries_of_one_and_of_several_lines() {
        let file = "# a remark\nmsgid \"\"\nmsgstr \"Language: zh\\n\"\n\nmsgid \"one\"\nmsgstr \"一\"\n\nmsgid \"\"\n\"a \\\"b\\\"\\n\"\n\"c\"\nmsgstr \"\"\n\"甲\\n\"\n\"乙\"\nmsgid \"later\"\nmsgstr \"\"\n";
        let read = super::read(file);
        assert_eq!(read.len(), 2);
        assert_eq!(read["one"], "一");
        assert_eq!(read["a \"b\"\nc"], "甲\n乙");
    }
}
