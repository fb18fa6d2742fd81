//! Dates as people write them: the year first, in an era of Japan, or with the month as a word.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};

use super::day_text::{Clock, han_digits, is_weekday, weekday};
use super::half_width;
use super::month::month_in_words;
use crate::domain::{DateFault, Invalid, PartialDate, dated};
use crate::message::{Explain as _, in_serde};

/// A date that is typed: one that is written, or today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Today,
    On(PartialDate),
}

impl When {
    /// The date that is meant on the day `today`.
    pub(crate) fn date(self, today: NaiveDate) -> PartialDate {
        match self {
            Self::Today => today.into(),
            Self::On(date) => date,
        }
    }

    /// Whether `text` is the word for the present day.
    pub(crate) fn is_today(text: &str) -> bool {
        matches!(text, "today" | "今天" | "今日" | "本日")
    }
}

impl std::str::FromStr for When {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if Self::is_today(text.trim()) {
            return Ok(Self::Today);
        }
        PartialDate::typed(text).map(Self::On)
    }
}

impl PartialDate {
    /// Reads a date that a person typed.
    ///
    /// # Errors
    /// With the reason, when it is no date or can be several.
    pub(crate) fn typed(text: &str) -> Result<Self, Invalid> {
        read_date(text).map_err(|fault| Invalid::new("what-date", text, fault.message()))
    }

    /// Reads a date that a person typed into a document, with or without quotation marks.
    pub(crate) fn deserialize_typed<'de, D>(deserializer: D) -> Result<Option<Self>, D::Error>
    where
        D: Deserializer<'de>,
    {
        deserializer.deserialize_any(TypedDate).map(Some)
    }
}

/// Takes a text, or a date of TOML, which shows itself as a table with one text in it.
struct TypedDate;

impl<'de> Visitor<'de> for TypedDate {
    type Value = PartialDate;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("serde-date")
    }

    fn visit_i64<E: Error>(self, year: i64) -> Result<PartialDate, E> {
        self.visit_str(&year.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PartialDate, E> {
        PartialDate::typed(text).map_err(|invalid| in_serde(&invalid))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PartialDate, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, text)) if key.starts_with("$__toml") => self.visit_str(&text),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// Reads a date as people write it. What can mean two days is refused.
///
/// # Errors
/// With the reason.
pub(crate) fn read_date(text: &str) -> Result<PartialDate, DateFault> {
    if let Ok(date) = text.parse() {
        return Ok(date);
    }
    let text = half_width(text);
    let (text, clock) = Clock::cut(text.trim()).ok_or(DateFault::Shape)?;
    let (text, weekday) = weekday(text);
    let date = match month_in_words(text) {
        Some(read) => read?,
        None => numbers(text)?,
    };
    match (weekday, date) {
        _ if clock.may_be_another_day() => Err(DateFault::OtherDay),
        (None, _) => Ok(date),
        (Some(weekday), PartialDate::Day(day)) if is_weekday(day, weekday) => Ok(date),
        (Some(_), PartialDate::Day(_)) => Err(DateFault::Weekday),
        (Some(_), _) => Err(DateFault::Shape),
    }
}

/// An era of Japan.
struct Era {
    name: &'static str,
    letter: &'static str,
    sign: &'static str,
    first: NaiveDate,
    last: NaiveDate,
}

/// The eras since the Gregorian calendar, the latest first. A day on which an era began belongs to the one before as well where
/// the change came in the course of the day.
fn eras() -> [Era; 5] {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let era = |name, letter, sign, first, last| Era {
        name,
        letter,
        sign,
        first,
        last,
    };
    [
        era("令和", "R", "㋿", day(2019, 5, 1), NaiveDate::MAX),
        era("平成", "H", "㍻", day(1989, 1, 8), day(2019, 4, 30)),
        era("昭和", "S", "㍼", day(1926, 12, 25), day(1989, 1, 7)),
        era("大正", "T", "㍽", day(1912, 7, 30), day(1926, 12, 25)),
        era("明治", "M", "㍾", day(1868, 1, 25), day(1912, 7, 30)),
    ]
}

/// The era in which the date is counted, and what follows its name.
fn era_of(text: &str) -> Option<(Era, &str, bool)> {
    for era in eras() {
        let named = [era.name, era.sign]
            .iter()
            .find_map(|name| text.strip_prefix(name));
        if let Some(rest) = named {
            return Some((era, rest.trim_start(), false));
        }
        let letter = text
            .get(..1)
            .filter(|first| first.eq_ignore_ascii_case(era.letter));
        let rest = letter.and_then(|_| text.get(1..));
        let counts =
            |rest: &&str| rest.starts_with(|next: char| next.is_ascii_digit() || next == '元');
        if let Some(rest) = rest.filter(counts) {
            return Some((era, rest, true));
        }
    }
    None
}

/// The number with which `text` begins, how many digits it has, and the rest.
fn leading(text: &str) -> Option<(u32, usize, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text
        .split_at_checked(length)
        .filter(|_| (1..=8).contains(&length))?;
    Some((digits.parse().ok()?, length, rest))
}

/// A date in numbers, the year first.
fn numbers(text: &str) -> Result<PartialDate, DateFault> {
    let with_digits = if text.contains('年') {
        han_digits(text).ok_or(DateFault::Shape)?
    } else {
        text.to_owned()
    };
    let text = with_digits.as_str();
    if text.starts_with("民国") || text.starts_with("民國") {
        return Err(DateFault::Minguo);
    }
    if text.ends_with("年度")
        || text
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("FY"))
    {
        return Err(DateFault::FiscalYear);
    }
    let Some((era, rest, is_letter)) = era_of(text) else {
        return of_common_era(text);
    };
    let first_year = rest.strip_prefix('元').map(|rest| (1, 1, rest));
    let (year, length, rest) = first_year
        .or_else(|| leading(rest))
        .ok_or(DateFault::Shape)?;
    // A letter and a number alone, or with a hyphen, can be anything.
    let parts = match rest.chars().next() {
        Some('-') if is_letter && rest.matches('-').count() < 2 => return Err(DateFault::Shape),
        None => return Err(DateFault::Shape),
        _ => behind_year(rest)?,
    };
    if length > 3 || year == 0 {
        return Err(DateFault::Shape);
    }
    let base = chrono::Datelike::year(&era.first) - 1;
    let year = u32::try_from(base).unwrap_or_default() + year;
    let date = dated(year, parts.month, parts.day)?;
    if date.last_day() < era.first {
        return Err(DateFault::BeforeEra {
            era: era.name,
            day: era.first,
        });
    }
    if date.first_day() > era.last {
        return Err(DateFault::AfterEra {
            era: era.name,
            day: era.last,
        });
    }
    Ok(date)
}

fn of_common_era(text: &str) -> Result<PartialDate, DateFault> {
    let (year, length, rest) = leading(text).ok_or(DateFault::Shape)?;
    match (length, rest) {
        (8, "") => return dated(year / 10_000, Some(year / 100 % 100), Some(year % 100)),
        (4, "") => return dated(year, None, None),
        (4, _) => {}
        (1 | 2, _) => return Err(year_behind(rest)),
        _ => return Err(DateFault::Shape),
    }
    let parts = behind_year(rest)?;
    match (parts.sign, parts.month, parts.day) {
        // 2018.10 in a cell of numbers becomes 2018.1, and 2008-9 is two years.
        (Some('.' | '-'), _, None) if parts.month_digits < 2 => Err(DateFault::Shape),
        (Some('/'), Some(month), None) if month == (year + 1) % 100 => Err(DateFault::MonthOrYears),
        _ => dated(year, parts.month, parts.day),
    }
}

/// Why a date that begins with a day or a month is refused.
fn year_behind(rest: &str) -> DateFault {
    let pieces: Vec<&str> = rest.split(['/', '-', '.']).collect();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match pieces[..] {
        ["", middle, year] if digits(middle) && digits(year) && year.len() == 4 => {
            DateFault::DayOrMonth
        }
        ["", middle, year] if digits(middle) && digits(year) && year.len() == 2 => {
            DateFault::ShortYear
        }
        _ => DateFault::Shape,
    }
}

/// What follows the year.
#[derive(Default)]
struct Parts {
    month: Option<u32>,
    month_digits: usize,
    day: Option<u32>,
    /// The sign between numbers; none in the forms with 年.
    sign: Option<char>,
}

/// Reads what follows the year: `年10月26日`, `-10-26`, `/10/26`, `.10.26`, or less of it.
fn behind_year(text: &str) -> Result<Parts, DateFault> {
    let number = |text| {
        leading(text)
            .filter(|(_, length, _)| *length <= 2)
            .ok_or(DateFault::Shape)
    };
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('年') {
        let rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(Parts::default());
        }
        let (month, month_digits, rest) = number(rest)?;
        let rest = rest
            .trim_start()
            .strip_prefix('月')
            .ok_or(DateFault::Shape)?
            .trim_start();
        let mut parts = Parts {
            month: Some(month),
            month_digits,
            ..Parts::default()
        };
        if !rest.is_empty() {
            let (day, _, rest) = number(rest)?;
            let is_day = matches!(rest.trim_start(), "日" | "号" | "號");
            parts.day = Some(is_day.then_some(day).ok_or(DateFault::Shape)?);
        }
        return Ok(parts);
    }
    let sign = text
        .chars()
        .next()
        .filter(|sign| ['-', '/', '.'].contains(sign));
    let sign = sign.ok_or(DateFault::Shape)?;
    let (month, month_digits, rest) = number(text.get(1..).unwrap_or_default())?;
    let day = match rest.strip_prefix(sign) {
        None if rest.is_empty() => None,
        None => return Err(DateFault::Shape),
        Some(rest) => match number(rest)? {
            (day, _, "") => Some(day),
            _ => return Err(DateFault::Shape),
        },
    };
    Ok(Parts {
        month: Some(month),
        month_digits,
        day,
        sign: Some(sign),
    })
}
