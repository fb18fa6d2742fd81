//! Cells of a workbook as the texts that it shows.

use calamine::{Data, DataRef, ExcelDateTime, Style};

/// How much of a date a cell shows. What it does not show, a spreadsheet may have made up: "1-4" typed into a cell becomes the
/// first of April of the year in which it was typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it, or something else.
    #[default]
    Whole,
    /// A day without its time.
    Day,
    Month,
    Year,
    /// A day and a month without a year.
    NoYear,
}

/// How a cell shows what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) shown: Shown,
    pub(super) number: NumberLook,
    /// Whether the whole cell is struck out.
    pub(super) struck: bool,
}

/// How a cell shows a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum NumberLook {
    #[default]
    Plain,
    Percent,
    /// With leading zeros: `None` is a digit, anything else stands as it is. The first digit takes what has no place.
    Digits(Vec<Option<char>>),
}

impl Look {
    pub(super) fn of_style(style: &Style) -> Self {
        let format = style.number_format.as_ref();
        let code = format.map_or("General", |format| format.format_code.as_str());
        Self {
            shown: match format.and_then(|format| format.format_id) {
                // What these show depends on the language of Excel: in Chinese, and in part in Japanese, no day, or no year.
                Some(27 | 36 | 50 | 52 | 55 | 57) => Shown::Month,
                Some(28 | 29 | 35 | 51 | 53 | 54 | 56 | 58) => Shown::NoYear,
                _ => Shown::of_format(code),
            },
            number: NumberLook::of_format(code),
            struck: style
                .font
                .as_ref()
                .is_some_and(calamine::Font::has_strikethrough),
        }
    }
}

/// The signs of the first section of a number format: a letter of the format, or (true) one that stands for itself.
fn signs(code: &str) -> Vec<(char, bool)> {
    let mut signs = Vec::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => signs.extend(
                letters
                    .by_ref()
                    .take_while(|letter| *letter != '"')
                    .map(|letter| (letter, true)),
            ),
            '[' => while letters.next().is_some_and(|letter| letter != ']') {},
            '\\' => signs.extend(letters.next().map(|letter| (letter, true))),
            '_' | '*' => drop(letters.next()),
            ';' => break,
            letter => signs.push((letter, false)),
        }
    }
    signs
}

impl Shown {
    /// What a number format of Excel shows of a date.
    fn of_format(code: &str) -> Self {
        let signs = signs(code).into_iter();
        let parts: String = signs
            .filter(|(_, stands)| !stands)
            .flat_map(|(letter, _)| letter.to_lowercase())
            .collect();
        if parts == "general" {
            return Self::Whole;
        }
        let has = |letters: &[char]| parts.contains(letters);
        Self::of_parts(
            has(&['y', 'e', 'b']),
            has(&['m']),
            has(&['d']),
            has(&['h', 's']),
        )
    }

    pub(super) fn of_parts(year: bool, month: bool, day: bool, time: bool) -> Self {
        match (year, month, day) {
            (true, true, true) if !time => Self::Day,
            (true, true, false) => Self::Month,
            (true, false, false) => Self::Year,
            (false, true, true) => Self::NoYear,
            // With hours or seconds, it is minutes.
            (false, true, false) if !time => Self::NoYear,
            _ => Self::Whole,
        }
    }
}

impl NumberLook {
    /// How a number format of Excel shows a whole number, where that is not how it is written elsewhere.
    fn of_format(code: &str) -> Self {
        let signs = signs(code);
        if signs.contains(&('%', false)) {
            return Self::Percent;
        }
        let digits = signs.iter().map(|(letter, stands)| match (letter, stands) {
            ('0', false) => Some(None),
            (letter, true) | (letter @ ('-' | ' ' | '/' | '(' | ')'), false) => Some(Some(*letter)),
            _ => None,
        });
        digits
            .collect::<Option<Vec<_>>>()
            .map_or(Self::Plain, Self::of_digits)
    }

    /// Digits, and what stands between them.
    pub(super) fn of_digits(digits: Vec<Option<char>>) -> Self {
        let places = digits.iter().filter(|digit| digit.is_none()).count();
        if places < 2 {
            Self::Plain
        } else {
            Self::Digits(digits)
        }
    }

    fn text(&self, number: f64) -> String {
        match self {
            Self::Plain => float(number),
            Self::Percent => format!("{}%", float(number * 100.0)),
            Self::Digits(_) if number < 0.0 || number.fract() != 0.0 => float(number),
            Self::Digits(digits) => {
                let mut rest: Vec<char> = float(number).chars().collect();
                let mut shown = Vec::new();
                let first = digits.iter().position(Option::is_none);
                for (place, digit) in digits.iter().enumerate().rev() {
                    match digit {
                        Some(sign) => shown.push(*sign),
                        None if Some(place) == first && !rest.is_empty() => {
                            shown.extend(rest.drain(..).rev());
                        }
                        None => shown.push(rest.pop().unwrap_or('0')),
                    }
                }
                shown.iter().rev().collect()
            }
        }
    }
}

pub(super) fn owned(cell: &Data, look: &Look) -> String {
    match cell {
        Data::Float(number) => look.number.text(*number),
        Data::DateTime(moment) => date(moment, look),
        Data::DateTimeIso(text) => iso(text, look.shown),
        other => other.to_string(),
    }
}

pub(super) fn borrowed(cell: &DataRef<'_>, look: &Look) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => look.number.text(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => date(moment, look),
        DataRef::DateTimeIso(text) => iso(text, look.shown),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// The fewest digits that say the number, without an exponent. A spreadsheet keeps 15 digits; what is beyond them is how the
/// number was kept, not what was typed.
fn float(number: f64) -> String {
    let digits = format!("{number:.14e}");
    let rounded: f64 = digits.parse().unwrap_or(number);
    rounded.to_string()
}

/// A date as ISO 8601, with its time where it has one.
fn date(moment: &ExcelDateTime, look: &Look) -> String {
    match moment.as_datetime().filter(|_| moment.is_datetime()) {
        Some(time) if look.shown != Shown::Whole => part(time.date(), look.shown),
        Some(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
        Some(time) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
        None => float(moment.as_f64()),
    }
}

/// What is shown of a day.
fn part(day: chrono::NaiveDate, shown: Shown) -> String {
    let format = match shown {
        Shown::Whole | Shown::Day => "%Y-%m-%d",
        Shown::Month => "%Y-%m",
        Shown::Year => "%Y",
        Shown::NoYear => "%-d-%b",
    };
    day.format(format).to_string()
}

/// A moment in ISO 8601 as a day, where it is midnight.
fn iso(text: &str, shown: Shown) -> String {
    let day = text.strip_suffix("T00:00:00").unwrap_or(text);
    match text.get(..10).and_then(|day| day.parse().ok()) {
        Some(day) if shown != Shown::Whole => part(day, shown),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_shows_as_much_of_a_date_as_it_says() {
        for (code, shown) in [
            ("yyyy-mm-dd", Shown::Day),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", Shown::Day),
            ("d/m/yy h:mm", Shown::Whole),
            ("h:mm", Shown::Whole),
            ("mm:ss", Shown::Whole),
            ("General", Shown::Whole),
            ("d-mmm", Shown::NoYear),
            ("m\"月\"d\"日\"", Shown::NoYear),
            ("mmm", Shown::NoYear),
            ("mmm-yy", Shown::Month),
            ("yyyy\"年\"m\"月\"", Shown::Month),
            ("yyyy", Shown::Year),
            ("\"day\"\\d yyyy", Shown::Year),
        ] {
            assert_eq!(Shown::of_format(code), shown, "{code}");
        }
    }

    #[test]
    fn a_format_shows_a_number_with_its_zeros() {
        for (code, number, shown) in [
            ("0000", 7.0, "0007"),
            ("0000", 12345.0, "12345"),
            ("000-0000", 1_234_567.0, "123-4567"),
            ("000-0000", 7.0, "000-0007"),
            ("\"P-\"000", 12.0, "P-012"),
            ("00", 0.0, "00"),
            ("0000", 7.5, "7.5"),
            ("0", 7.0, "7"),
            ("0.00", 7.0, "7"),
            ("#,##0", 1234.0, "1234"),
            ("General", 7.0, "7"),
            ("0%", 0.4, "40%"),
            ("0.0%", 0.125, "12.5%"),
        ] {
            assert_eq!(
                NumberLook::of_format(code).text(number),
                shown,
                "{code} {number}"
            );
        }
    }
}
