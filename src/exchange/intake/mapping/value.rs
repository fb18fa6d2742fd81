//! Values as foreign tables write them: dates, numbers, and the words of our lists.

use std::str::FromStr as _;

use chrono::NaiveDate;

use crate::domain::*;
use crate::exchange::intake::cell::{flag, word};
use crate::report::{Flaw, Said};

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Code,
    Id,
    ListNumber,
    Flag,
    Date,
    Number,
    Country,
    Currency,
    Instrument,
    Mode,
    ModeBasis,
    Sector,
    Membership,
    Confidence,
    Objective,
    Role,
    PartyKind,
    Status,
    Evidence,
    AmountKind,
    AmountBasis,
}

/// Whether a word of a mapping is a value of the kind.
pub(super) fn check_word(holds: Holds, text: &str) -> Result<(), String> {
    fn none<T>(read: Result<T, impl ToString>) -> Result<(), String> {
        read.map(|_| ()).map_err(|error| error.to_string())
    }
    fn listed<V>(text: &str) -> Result<(), String>
    where
        V: Vocabulary + std::str::FromStr<Err = Invalid>,
    {
        let read = word::<V>(text).map(drop);
        read.or_else(|_| text.parse::<V>().map(drop).map_err(|error| error.why))
    }
    match holds {
        Holds::Text => none(stated_text(text)),
        Holds::Code => none(text.parse::<ProjectCode>()),
        Holds::Id => none(text.parse::<RecordId>()),
        Holds::ListNumber => none(text.parse::<i64>()),
        Holds::Flag => flag(text)
            .map(drop)
            .map_err(|_| "neither true nor false".to_owned()),
        Holds::Date => none(text.parse::<PartialDate>()),
        Holds::Number => none(text.parse::<Decimal>()),
        Holds::Country => none(text.parse::<CountryCode>()),
        Holds::Currency => none(text.parse::<CurrencyCode>()),
        Holds::Instrument => listed::<Instrument>(text),
        Holds::Mode => listed::<Mode>(text),
        Holds::ModeBasis => listed::<ModeBasis>(text),
        Holds::Sector => listed::<Sector>(text),
        Holds::Membership => listed::<Membership>(text),
        Holds::Confidence => listed::<Confidence>(text),
        Holds::Objective => listed::<Objective>(text),
        Holds::Role => listed::<Role>(text.strip_prefix("prospective ").unwrap_or(text)),
        Holds::PartyKind => listed::<PartyKind>(text),
        Holds::Status => listed::<Status>(text),
        Holds::Evidence => listed::<Evidence>(text),
        Holds::AmountKind => listed::<AmountKind>(text),
        Holds::AmountBasis => listed::<AmountBasis>(text),
    }
}

/// How dates and numbers are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    formats: Vec<Format>,
    /// Two-digit years above it belong to the last century.
    pivot: Option<u32>,
    thousands: Option<String>,
    decimal: Option<String>,
    factor: Option<u32>,
}

/// The order of the parts of a date: `D/M/Y`, `M/D/YY`, `Y.M`, `Y年M月D日`, or `excel` for the number of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Format {
    Excel,
    Parts(Vec<Piece>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Year,
    ShortYear,
    Month,
    Day,
    Sign(char),
}

impl Format {
    fn read(text: &str, pivot: Option<u32>) -> Result<Self, String> {
        if text == "excel" {
            return Ok(Self::Excel);
        }
        let mut pieces = Vec::new();
        for letter in text.chars() {
            let piece = match letter {
                'Y' => Piece::Year,
                'M' => Piece::Month,
                'D' => Piece::Day,
                sign => Piece::Sign(sign),
            };
            match (&piece, pieces.last_mut()) {
                (Piece::Year, Some(last @ Piece::Year)) => *last = Piece::ShortYear,
                (Piece::Sign(_), _) => pieces.push(piece),
                (_, Some(last)) if *last == piece => {
                    return Err(format!("the date format {text:?} has a part twice"));
                }
                _ => pieces.push(piece),
            }
        }
        let years = pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Year | Piece::ShortYear))
            .count();
        if years != 1 || pieces.iter().any(|piece| matches!(piece, Piece::Sign(sign) if sign.is_alphanumeric() && sign.is_ascii())) {
            return Err(format!(
                "{text:?} is no date format: write Y, YY, M and D and the signs between them, as in M/D/YY, or excel"
            ));
        }
        if pieces.contains(&Piece::ShortYear) && pivot.is_none() {
            return Err(format!(
                "the date format {text:?} needs a pivot: with pivot = 30, 30 is 2030 and 31 is 1931"
            ));
        }
        Ok(Self::Parts(pieces))
    }

    /// The date that `text` is in this format.
    fn date(&self, text: &str, pivot: u32) -> Option<PartialDate> {
        let pieces = match self {
            Self::Excel => return excel_day(text),
            Self::Parts(pieces) => pieces,
        };
        let (mut year, mut month, mut day) = (0, None, None);
        let mut rest = text;
        for piece in pieces {
            if let Piece::Sign(sign) = piece {
                rest = rest.strip_prefix(*sign)?;
                continue;
            }
            let end = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number: u32 = rest.get(..end)?.parse().ok()?;
            rest = rest.get(end..)?;
            match piece {
                Piece::Year if end == 4 => year = number,
                Piece::ShortYear if end == 2 => {
                    year = if number > pivot {
                        1900 + number
                    } else {
                        2000 + number
                    }
                }
                Piece::Month if end <= 2 => month = Some(number),
                Piece::Day if end <= 2 => day = Some(number),
                _ => return None,
            }
        }
        let text = match (month, day) {
            _ if !rest.is_empty() => return None,
            (None, _) => format!("{year:04}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        };
        text.parse().ok()
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

impl Reading {
    pub(super) fn new(
        formats: &[String],
        pivot: Option<u32>,
        thousands: Option<String>,
        decimal: Option<String>,
        factor: Option<u32>,
    ) -> Result<Self, String> {
        if pivot.is_some_and(|pivot| pivot > 99) {
            return Err("a pivot is a year of two digits".to_owned());
        }
        if factor == Some(0) {
            return Err("a factor is 1 or more".to_owned());
        }
        Ok(Self {
            formats: formats
                .iter()
                .map(|format| Format::read(format, pivot))
                .collect::<Result<_, _>>()?,
            pivot,
            thousands,
            decimal,
            factor,
        })
    }

    /// A date: in ISO 8601 always, else in one of the formats. Where two formats give two dates, it is a finding.
    pub(super) fn date(&self, text: &str) -> Result<PartialDate, Said> {
        if let Ok(date) = PartialDate::from_str(text) {
            return Ok(date);
        }
        // A day of a workbook that says midnight.
        let day = text
            .strip_suffix("T00:00:00")
            .or_else(|| text.strip_suffix(" 00:00:00"));
        if let Some(Ok(date)) = day.map(PartialDate::from_str) {
            return Ok(date);
        }
        let pivot = self.pivot.unwrap_or_default();
        let mut dates: Vec<PartialDate> = self
            .formats
            .iter()
            .filter_map(|format| format.date(text, pivot))
            .collect();
        dates.sort_unstable();
        dates.dedup();
        match dates[..] {
            [date] => Ok(date),
            [] if self.formats.is_empty() => Err(Flaw::NoDate.into()),
            [] => Err(Flaw::NoDateOfFormats.into()),
            [first, ..] => Err(Flaw::TwoDates.with("date", first)),
        }
    }

    /// A number, exactly.
    pub(super) fn number(&self, text: &str) -> Result<Decimal, Said> {
        let mut plain = text.to_owned();
        let (thousands, decimal) = (
            self.thousands.as_deref(),
            self.decimal.as_deref().unwrap_or("."),
        );
        let whole = plain.split(decimal).next().unwrap_or_default();
        if let Some(sign) = thousands.filter(|sign| !sign.is_empty() && whole.contains(*sign)) {
            let mut groups = whole.split(sign);
            let first = groups.next().unwrap_or_default().trim_start_matches('-');
            let are_whole = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
            if !are_whole {
                return Err(Flaw::Thousands.with("sign", sign));
            }
            plain = plain.replace(sign, "");
        }
        if decimal != "." {
            if plain.contains('.') {
                return Err(Flaw::PointInNumber.into());
            }
            plain = plain.replacen(decimal, ".", 1);
        }
        let number: Decimal = plain.parse().map_err(|_| Flaw::NoNumberOfMapping)?;
        match self.factor {
            None => Ok(number),
            Some(factor) => (number.0.checked_mul(factor.into()))
                .map(|product| Decimal(product.normalize()))
                .ok_or_else(|| Flaw::TooLarge.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(formats: &[&str], pivot: Option<u32>) -> Reading {
        let formats: Vec<String> = formats.iter().map(ToString::to_string).collect();
        Reading::new(&formats, pivot, Some(",".to_owned()), None, None).expect("a reading")
    }

    #[test]
    fn dates_are_read_as_the_mapping_says() {
        let us = reading(&["M/D/YY"], Some(30));
        let read = |text| us.date(text).map(|date| date.to_string());
        assert_eq!(read("3/16/05").as_deref(), Ok("2005-03-16"));
        assert_eq!(read("11/25/99").as_deref(), Ok("1999-11-25"));
        assert_eq!(read("2018-10").as_deref(), Ok("2018-10"));
        for text in [
            "16/3/05",
            "3/16/2005",
            "3/16/5",
            "2/30/05",
            "3/16/05 ",
            "40000",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let both = reading(&["D/M/Y", "M/D/Y"], None);
        assert!(
            both.date("1/4/2018")
                .is_err_and(|why| why.what == Flaw::TwoDates)
        );
        assert_eq!(
            both.date("4/4/2018")
                .map(|date| date.to_string())
                .as_deref(),
            Ok("2018-04-04")
        );
        let east = reading(&["Y年M月D日", "Y年M月", "excel"], None);
        assert_eq!(
            east.date("2018年3月5日")
                .map(|date| date.to_string())
                .as_deref(),
            Ok("2018-03-05")
        );
        assert_eq!(
            east.date("2018年3月")
                .map(|date| date.to_string())
                .as_deref(),
            Ok("2018-03")
        );
        assert_eq!(
            east.date("40179").map(|date| date.to_string()).as_deref(),
            Ok("2010-01-01")
        );
        assert!(Reading::new(&["M/D/YY".to_owned()], None, None, None, None).is_err());
        assert!(Reading::new(&["dd.mm".to_owned()], None, None, None, None).is_err());
    }

    #[test]
    fn numbers_are_read_as_the_mapping_says() {
        let read = |thousands: &str, decimal: &str, factor, text: &str| {
            let reading = Reading::new(
                &[],
                None,
                Some(thousands.to_owned()),
                Some(decimal.to_owned()),
                factor,
            );
            reading
                .expect("a reading")
                .number(text)
                .map(|number| number.to_string())
        };
        assert_eq!(
            read(",", ".", None, "1,234,567.89").as_deref(),
            Ok("1234567.89")
        );
        assert_eq!(read(".", ",", None, "1.234,5").as_deref(), Ok("1234.5"));
        assert_eq!(
            read(",", ".", Some(1_000_000), "1.5").as_deref(),
            Ok("1500000")
        );
        for (thousands, decimal, text) in [
            (",", ".", "1,23"),
            (",", ".", "12,34,567"),
            (".", ",", "1.5"),
            (",", ".", " D"),
            (",", ".", "1e5"),
        ] {
            assert!(read(thousands, decimal, None, text).is_err(), "{text}");
        }
    }
}
