//! Text in cells that a spreadsheet would take for a formula: made harmless, and read back unchanged.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line feed (or the full-width forms of the four
//! signs, which Japanese and Chinese spreadsheets take for them) is written with an apostrophe in front. So is a text that
//! begins with an apostrophe, which makes the rule reversible: whoever reads takes one leading apostrophe away.
//! A plain number stays what it is: `-0.1` is no formula. (OWASP, "CSV Injection".)

use std::borrow::Cow;

/// What is put in front of a text that must not be obeyed.
const GUARD: char = '\'';

/// `text` as it is written into a cell.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let first = text.chars().next();
    let is_obeyed = first.is_some_and(|first| {
        matches!(
            first,
            GUARD | '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    });
    if is_obeyed && !is_plain_number(text) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was written into a cell as `cell`.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).unwrap_or(cell)
}

/// The text of a cell that others may have written, or this program when it gave back their rows: an apostrophe is a guard where
/// what follows needs one.
pub(crate) fn perhaps_unguarded(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(rest) if matches!(guarded(rest), Cow::Owned(_)) => rest,
        _ => cell,
    }
}

/// Whether `text` is digits with at most one sign in front and one point between.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part]
        .into_iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_apostrophe_of_others_is_a_guard_only_before_what_needs_one() {
        for (cell, text) in [
            ("'=1+1", "=1+1"),
            ("=1+1", "=1+1"),
            ("'s-Gravenhage", "'s-Gravenhage"),
            ("''s-Gravenhage", "'s-Gravenhage"),
            ("'-5", "'-5"),
            ("", ""),
        ] {
            assert_eq!(perhaps_unguarded(cell), text, "{cell}");
        }
    }

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for text in [
            "=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "-1-1", "-", "+.5",
            "-1.", "'quoted",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "-0.1", "+5", "-12", "0", "丸紅", "a=b", " =1"] {
            assert_eq!(guarded(text), text, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in "['=+@\t\r\n＝-]{0,3}\\PC{0,8}|-?[0-9.]{1,5}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), &text);
        }
    }
}
