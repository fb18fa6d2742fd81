//! A typed cell of a workbook, and how wide columns must be for their cells and for paper.

use chrono::NaiveDate;

use crate::domain::{Decimal, PartialDate};
use crate::render::layout::width_of;
use crate::render::{Cell, Labels};

/// Widths of columns, in characters, and the space between two.
const NARROW: usize = 6;
const WIDE: usize = 60;
pub(super) const GAP: usize = 2;
/// The widths of all columns of a sheet. A4 across holds about 150 characters of 11 points: so many are still printed in more than 8.
const PAPER: usize = 188;

/// A typed cell.
pub(super) enum Field {
    Text(String),
    Number(f64),
    /// Money, in units of its currency.
    Amount(f64),
    /// From 0 to 1.
    Share(f64),
    Day(NaiveDate),
    Flag(String),
    /// The words for "not stated".
    Unknown(String),
    Blank,
}

impl Field {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Number(u32::try_from(count).map_or(f64::from(u32::MAX), f64::from))
    }

    /// Money. Beyond the 15 digits that a spreadsheet keeps it stays text.
    pub(super) fn money(amount: Decimal) -> Self {
        let text = amount.0.normalize().to_string();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        match text.parse() {
            Ok(number) if digits <= 15 => Self::Amount(number),
            _ => Self::Text(text),
        }
    }

    /// Text that may not be stated.
    pub(super) fn stated(text: Option<impl Into<String>>, labels: &Labels) -> Self {
        text.map_or_else(|| Self::Unknown(labels.text("not-stated")), Self::text)
    }

    /// A date as it is given, and the last day that it can mean.
    pub(super) fn date(date: Option<PartialDate>, labels: &Labels) -> [Self; 2] {
        let day = date.map_or(Self::Blank, |date| Self::Day(date.last_day()));
        [Self::stated(date.map(|date| date.to_string()), labels), day]
    }

    /// How wide it must be, or may be where there is room.
    fn width(&self) -> (usize, usize) {
        match self {
            Self::Text(text) if text.len() <= NARROW => (0, text.len()),
            Self::Text(text) => (longest_word(text), width_of(text)),
            Self::Unknown(text) | Self::Flag(text) => (0, width_of(text)),
            Self::Amount(_) => (18, 18),
            Self::Day(_) => (10, 10),
            Self::Number(number) => {
                let digits = number.to_string().len();
                (digits, digits)
            }

            Self::Share(_) => (6, 6),
            Self::Blank => (0, 0),
        }
    }

    /// How many lines it takes in a column of so many characters.
    pub(super) fn lines(&self, width: usize) -> usize {
        match self {
            // No text is wider than it has bytes.
            Self::Text(text) | Self::Unknown(text) => folded(text, width),
            _ => 1,
        }
    }

    pub(super) fn of(cell: &Cell, labels: &Labels) -> Self {
        match cell {
            Cell::Text(text) => Self::text(text),
            Cell::Count(count) => Self::count(*count),
            Cell::Days(days) => {
                i32::try_from(*days).map_or(Self::Blank, |days| Self::Number(days.into()))
            }
            Cell::Share(share) | Cell::Bar(share) => Self::Share(*share),
            Cell::Amount(amount) => Self::money(*amount),
            Cell::Linked(cell, _) => Self::of(cell, labels),
            Cell::Blank | Cell::Offers(_) => Self::Blank,
            Cell::NotStated => Self::Unknown(labels.text("not-stated")),
        }
    }
}

/// Returns how wide the longest word of a text is: what has no blanks, and is not a letter that stands for a word.
fn longest_word(text: &str) -> usize {
    let is_gap = |letter: char| letter.is_whitespace() || letter.len_utf8() > 2;
    let words = text.split(is_gap).map(width_of);
    // An address may be broken anywhere.
    words.max().unwrap_or_default().min(16)
}

/// Returns how many lines a text takes at most in a column of so many characters.
pub(super) fn folded(text: &str, width: usize) -> usize {
    // No text is wider than it has bytes: most need not be measured.
    if text.len() <= width {
        return 1;
    }
    match width_of(text) {
        wide if wide <= width => 1,
        // Lines end between words, not where the column ends.
        wide => wide.div_ceil((width - (width / 8).min(6)).max(1)),
    }
}

/// Returns the widths of columns with these headings and rows: as wide as what is in them, or less where the paper ends.
pub(super) fn widths(heads: &[String], rows: &[Vec<Field>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut wanted = vec![(0, NARROW); columns.max(heads.len())];
    let widen = |(least, wide): &mut (usize, usize), own: (usize, usize)| {
        *least = own.0.max(*least);
        *wide = own.1.max(*wide);
    };
    for (column, head) in wanted.iter_mut().zip(heads) {
        // A heading is folded rather than that it makes a column of numbers wide.
        let least = longest_word(head).max(width_of(head).min(NARROW));
        widen(column, (least, least));
    }
    for row in rows {
        let cells = wanted.iter_mut().zip(row);
        cells.for_each(|(column, cell)| widen(column, cell.width()));
    }
    let limited = |most: usize| {
        let limited = move |(least, wide): &(usize, usize)| (*wide).min(most).max(*least);
        wanted.iter().map(limited)
    };
    let fits = |most: &usize| limited(*most).map(|width| width + GAP).sum::<usize>() <= PAPER;
    let most = (NARROW..=WIDE).rev().find(fits).unwrap_or(NARROW);
    limited(most).collect()
}
