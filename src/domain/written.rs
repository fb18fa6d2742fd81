//! What people write every day, read exactly: dates, numbers, currencies, shares, yes and no.
//!
//! The canonical texts of values (`FromStr`) are stricter: the store and the exports know them alone. What can mean two things
//! is refused with the reason.

mod currency;
mod date;
mod day_text;
mod month;
mod number;
#[cfg(test)]
mod tests;

pub(crate) use currency::{currency_named, read_currency};
pub(crate) use date::{When, read_date};
pub(crate) use day_text::Clock;
pub(crate) use month::month_named;
pub(crate) use number::{NumberFault, NumberStyle, WrittenNumber, read_money, read_number};

/// Full-width letters, digits and signs as ASCII, the ideographic, the thin and the no-break space as blanks, the hyphens and the minus sign as `-`.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => u32::from(letter)
                .checked_sub(0xfee0)
                .and_then(char::from_u32)
                .unwrap_or(letter),
            '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
            '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
            '\u{ffe5}' => '¥',
            letter => letter,
        })
        .collect()
}

/// Yes or no in the words of spreadsheets and forms. None: it is neither.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match super::fold(text.trim()).as_str() {
        "true" | "yes" | "y" | "1" | "○" | "〇" | "◯" | "✓" => return Some(true),
        "false" | "no" | "n" | "0" | "×" | "✕" | "✗" => return Some(false),
        _ => {}
    }
    match text.trim() {
        "是" | "はい" => Some(true),
        "否" | "いいえ" => Some(false),
        _ => None,
    }
}
