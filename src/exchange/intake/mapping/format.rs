//! The formats of dates that a mapping names.

use chrono::NaiveDate;

use crate::domain::{PartialDate, dated, half_width, month_named};
use crate::message::Message;

/// The order of the parts of a date: `D/M/Y`, `M/D/YY`, `DD-MMM-YYYY`, `Y年M月D日`, or `excel` for the number of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    Excel,
    Parts(Vec<Piece>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Year,
    ShortYear,
    Month,
    Day,
    Sign(char),
}

impl Format {
    /// Reads a format as the mapping has it.
    pub(super) fn read(text: &str, pivot: Option<u32>) -> Result<Self, Message> {
        if text == "excel" {
            return Ok(Self::Excel);
        }
        let pieces =
            Piece::all(text).ok_or_else(|| message!("why-mapping-format", format = text))?;
        let count = |wanted: &Piece| pieces.iter().filter(|piece| *piece == wanted).count();
        let years = count(&Piece::Year) + count(&Piece::ShortYear);
        if years > 1 || count(&Piece::Month) > 1 || count(&Piece::Day) > 1 {
            return Err(message!("why-mapping-format-twice", format = text));
        }
        if years == 0 || count(&Piece::Day) > count(&Piece::Month) {
            return Err(message!("why-mapping-format-lacks", format = text));
        }
        if pieces.contains(&Piece::ShortYear) && pivot.is_none() {
            return Err(message!("why-mapping-format-pivot", format = text));
        }
        Ok(Self::Parts(pieces))
    }

    /// The date that `text` is in this format.
    pub(super) fn date(&self, text: &str, pivot: u32) -> Option<PartialDate> {
        let pieces = match self {
            Self::Excel => return excel_day(text),
            Self::Parts(pieces) => pieces,
        };
        let (mut year, mut month, mut day) = (0, None, None);
        let mut rest = text;
        for (place, piece) in pieces.iter().enumerate() {
            let next = pieces.get(place + 1);
            let number;
            (number, rest) = match piece {
                Piece::Sign(sign) => {
                    rest = rest.strip_prefix(*sign)?;
                    continue;
                }
                piece => piece.number(rest, next)?,
            };
            match piece {
                Piece::Year => year = number,
                Piece::ShortYear if number > pivot => year = 1900 + number,
                Piece::ShortYear => year = 2000 + number,
                Piece::Month => month = Some(number),
                _ => day = Some(number),
            }
        }
        rest.is_empty().then(|| dated(year, month, day).ok())?
    }
}

impl Piece {
    /// The pieces of a format. MM and DD are M and D, MMM is a month in words, YYYY is Y.
    fn all(text: &str) -> Option<Vec<Self>> {
        let text = half_width(text);
        let mut letters = text.chars().peekable();
        let mut pieces = Vec::new();
        while let Some(letter) = letters.next() {
            let mut count = 1;
            while "YMD".contains(letter) && letters.next_if_eq(&letter).is_some() {
                count += 1;
            }
            pieces.push(match (letter, count) {
                ('Y', 1 | 4) => Self::Year,
                ('Y', 2) => Self::ShortYear,
                ('M', 1..=4) => Self::Month,
                ('D', 1 | 2) => Self::Day,
                (sign, 1) if !sign.is_ascii_alphanumeric() => Self::Sign(sign),
                _ => return None,
            });
        }
        Some(pieces)
    }

    /// The number with which `text` begins, and what follows it. A month may be an English word. Where the next piece follows without
    /// a sign, every place is filled.
    fn number<'t>(&self, text: &'t str, next: Option<&Self>) -> Option<(u32, &'t str)> {
        let word = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        if *self == Self::Month && word > 0 {
            let (word, rest) = text.split_at_checked(word)?;
            return Some((month_named(word)?, rest));
        }
        let width = if *self == Self::Year { 4 } else { 2 };
        let is_crowded = next.is_some_and(|next| !matches!(next, Self::Sign(_)));
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let length = if is_crowded {
            digits.min(width)
        } else {
            digits
        };
        let is_whole = match self {
            Self::Year | Self::ShortYear => length == width,
            _ => length <= width && (!is_crowded || length == width),
        };
        let (number, rest) = text.split_at_checked(length).filter(|_| is_whole)?;
        Some((number.parse().ok()?, rest))
    }
}

/// The day with this number in Excel's calendar of 1900.
fn excel_day(text: &str) -> Option<PartialDate> {
    let number: i64 = text.parse().ok()?;
    // Before March 1900 that calendar has a day that never was.
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = first.checked_add_signed(chrono::TimeDelta::try_days(number)?)?;
    (number > 60).then(|| day.to_string().parse().ok())?
}
