//! Texts as they are typed and pasted: cleaned of what nobody sees, and the nearest word to a misspelt one.

use std::borrow::Cow;

use super::fold;

/// Marks that take no room and carry no meaning here: zero-width blanks, byte-order marks, and the marks that turn the direction of
/// writing (Unicode Annex 9). Joiners stay: scripts of South Asia and emoji need them.
pub(crate) fn is_invisible_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Returns an address as a text of which no program makes a link: without its scheme, its first dot in brackets.
pub(crate) fn without_link(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.replacen('.', "[.]", 1)
}

/// Returns `text` as it is recorded: line ends as line feeds, without invisible marks, and with a blank in place of any other control
/// character but a tab. What a person saw stays.
pub(crate) fn cleaned(text: &str) -> Cow<'_, str> {
    let is_odd = |letter: char| {
        (letter.is_control() && !matches!(letter, '\n' | '\t'))
            || is_invisible_mark(letter)
            || matches!(letter, '\u{2028}' | '\u{2029}')
    };
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            _ if is_invisible_mark(letter) => {}
            _ if is_odd(letter) => clean.push(' '),
            _ => clean.push(letter),
        }
    }
    Cow::Owned(clean)
}

/// The word nearest to `text`, when one is near enough to be meant: Jaro-Winkler similarity of at least 0.8, and no more edits
/// (Damerau-Levenshtein) than a third of its letters, so that a common beginning alone does not pass for a likeness.
pub(crate) fn nearest<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = fold(text);
    let scored = words
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&text, &fold(word)), word));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0))?;
    let word = fold(best.1);
    let length = text.chars().count().max(word.chars().count());
    let edits = strsim::damerau_levenshtein(&text, &word);
    let begins = word.starts_with(&text);
    (best.0 >= 0.8 && (begins || edits * 3 <= length)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_not_recorded() {
        for (text, clean) in [
            ("Harbour\r\nof the north", "Harbour\nof the north"),
            ("Harbour\rof\u{b}the\u{7}north", "Harbour\nof the north"),
            ("\u{feff}丸紅\u{200b}\u{200e}", "丸紅"),
            ("abc\u{202e}fdp", "abcfdp"),
            ("क्\u{200d}ष\tx", "क्\u{200d}ष\tx"),
        ] {
            assert_eq!(cleaned(text), clean);
            assert_eq!(cleaned(clean), clean);
        }
    }

    #[test]
    fn width_and_case_do_not_matter() {
        assert_eq!(fold("ＭＩＺＵＨＯ"), fold("Mizuho"));
        assert_eq!(fold("ﾌﾞｰﾃﾝﾃﾞｨｰｸ"), fold("ブーテンディーク"));
    }

    #[test]
    fn only_a_near_word_is_offered() {
        assert_eq!(nearest("Thialand", ["Thailand", "Japan"]), Some("Thailand"));
        assert_eq!(nearest("Viet", ["Vietnam", "Japan"]), Some("Vietnam"));
        assert_eq!(nearest("xyz", ["Thailand", "Japan"]), None);
        assert_eq!(nearest("Siam", ["Suriname", "Japan"]), None);
        assert_eq!(nearest("", []), None);
    }
}
