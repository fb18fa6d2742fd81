//! Text that came from outside, made safe to send to a terminal.

/// `text` with everything that a terminal would obey instead of show written out: control characters as `\u{1b}`, marks that
/// turn the direction of writing as `\u{202e}`. Line ends and tabs become blanks; marks that do nothing on a terminal are left out.
pub(crate) fn printable(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\t' => shown.push(' '),
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2060}' | '\u{feff}' => {}
            _ if is_obeyed(letter) => shown.extend(letter.escape_unicode()),
            _ => shown.push(letter),
        }
    }
    shown
}

/// Control characters, line and paragraph separators, and the marks of the bidirectional algorithm (Unicode Annex 9).
fn is_obeyed(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_orders() {
        assert_eq!(
            printable("a\u{1b}[31mred\u{9b}2J\nb\tc\r"),
            "a\\u{1b}[31mred\\u{9b}2J b c "
        );
        assert_eq!(printable("abc\u{202e}fdp.exe"), "abc\\u{202e}fdp.exe");
        assert_eq!(printable("two\r\nlines\u{200b}"), "two lines");
        assert_eq!(printable("丸紅 é"), "丸紅 é");
    }
}
