//! Cells of a workbook as the texts that it shows.

use calamine::{Data, DataRef, ExcelDateTime, Style};

/// How much of a date a cell shows. What it does not show, a spreadsheet may have made up: "1-4" typed into a cell becomes the
/// first of April of the year in which it was typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// A day, or something else.
    #[default]
    Whole,
    Month,
    Year,
    /// A day and a month without a year.
    NoYear,
}

impl Shown {
    pub(super) fn of_style(style: &Style) -> Self {
        let Some(format) = &style.number_format else {
            return Self::Whole;
        };
        match format.format_id {
            // What these show depends on the language of Excel: in Chinese, and in part in Japanese, no day, or no year.
            Some(27 | 36 | 50 | 52 | 55 | 57) => Self::Month,
            Some(28 | 29 | 35 | 51 | 53 | 54 | 56 | 58) => Self::NoYear,
            _ => Self::of_format(&format.format_code),
        }
    }

    /// What a number format of Excel shows of a date.
    fn of_format(code: &str) -> Self {
        let mut parts = String::new();
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => while letters.next().is_some_and(|letter| letter != '"') {},
                '[' => while letters.next().is_some_and(|letter| letter != ']') {},
                '\\' | '_' | '*' => drop(letters.next()),
                ';' => break,
                letter => parts.extend(letter.to_lowercase()),
            }
        }
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
            (true, true, false) => Self::Month,
            (true, false, false) => Self::Year,
            (false, true, true) => Self::NoYear,
            // With hours or seconds, it is minutes.
            (false, true, false) if !time => Self::NoYear,
            _ => Self::Whole,
        }
    }
}

pub(super) fn owned(cell: &Data, shown: Shown) -> String {
    match cell {
        Data::Float(number) => float(*number),
        Data::DateTime(moment) => date(moment, shown),
        Data::DateTimeIso(text) => iso(text, shown),
        other => other.to_string(),
    }
}

pub(super) fn borrowed(cell: &DataRef<'_>, shown: Shown) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => date(moment, shown),
        DataRef::DateTimeIso(text) => iso(text, shown),
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
fn date(moment: &ExcelDateTime, shown: Shown) -> String {
    match moment.as_datetime().filter(|_| moment.is_datetime()) {
        Some(time) if shown != Shown::Whole => part(time.date(), shown),
        Some(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
        Some(time) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
        None => float(moment.as_f64()),
    }
}

/// What is shown of a day.
fn part(day: chrono::NaiveDate, shown: Shown) -> String {
    let format = match shown {
        Shown::Whole => "%Y-%m-%d",
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
            ("yyyy-mm-dd", Shown::Whole),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", Shown::Whole),
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
}
