//! Values as foreign tables write them: dates, numbers, and the words of our lists.

use std::str::FromStr;

use super::format::Format;
use crate::domain::*;
use crate::exchange::intake::cell::{date_flaw, flag, list_number, number_flaw, word};
use crate::message::{Explain, Message};
use crate::report::{Flaw, Said};

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds {
    Text,
    Code,
    Id,
    ListNumber,
    Flag,
    Date,
    Number,
    Share,
    Country,
    Currency,
    /// A role, before which "prospective" may stand.
    Role,
    /// A word of a closed list, checked by this function.
    Word(fn(&str) -> Result<(), Message>),
}

impl Holds {
    /// Returns what a field of this type holds.
    pub(super) const fn of<T: FieldValue>() -> Self {
        match T::KIND {
            FieldKind::Text => Self::Text,
            FieldKind::Flag => Self::Flag,
            FieldKind::Word(..) => Self::Word(|text| T::read(&Listed, text).map(drop)),
        }
    }
}

/// Reads the words of a mapping.
struct Listed;

impl FieldReader for Listed {
    type Error = Message;

    fn text(&self, text: &str) -> Result<String, Message> {
        stated_text(text).map_err(|error| error.message())
    }

    fn flag(&self, text: &str) -> Result<bool, Message> {
        flag(text).map_err(|_| "why-mapping-flag".into())
    }

    fn word<V>(&self, text: &str) -> Result<V, Message>
    where
        V: Vocabulary + FromStr<Err = Invalid>,
    {
        word(text).or_else(|_| text.parse().map_err(|error: Invalid| error.why))
    }
}

/// Whether a word of a mapping is a value of the kind.
pub(super) fn check_word(holds: Holds, text: &str) -> Result<(), Message> {
    fn none<T>(read: Result<T, impl Explain>) -> Result<(), Message> {
        read.map(|_| ()).map_err(|error| error.message())
    }
    match holds {
        Holds::Text => Listed.text(text).map(drop),
        Holds::Code => none(text.parse::<ProjectCode>()),
        Holds::Id => none(text.parse::<RecordId>()),
        Holds::ListNumber => none(list_number(text)),
        Holds::Flag => Listed.flag(text).map(drop),
        Holds::Date => none(PartialDate::typed(text)),
        Holds::Number => none(read_number(text)),
        Holds::Share => none(stated_share(text)),
        Holds::Country if is_country_name(text) => Ok(()),
        Holds::Country => none(text.parse::<CountryCode>()),
        Holds::Currency => none(read_currency(text)),
        Holds::Role => {
            let role = text.strip_prefix("prospective ").unwrap_or(text);
            Listed.word::<Role>(role).map(drop)
        }
        Holds::Word(check) => check(text),
    }
}

/// How dates and numbers are written.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    formats: Vec<Format>,
    /// Two-digit years above it belong to the last century.
    pivot: Option<u32>,
    style: NumberStyle,
    factor: Option<u32>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            formats: Vec::new(),
            pivot: None,
            style: NumberStyle {
                negative: true, // what becomes of it is for others to say
                ..NumberStyle::default()
            },
            factor: None,
        }
    }
}

impl Reading {
    pub(super) fn new(
        formats: &[String],
        pivot: Option<u32>,
        thousands: Option<String>,
        decimal: Option<String>,
        factor: Option<u32>,
    ) -> Result<Self, Message> {
        if pivot.is_some_and(|pivot| pivot > 99) {
            return Err("why-mapping-pivot".into());
        }
        if factor == Some(0) {
            return Err("why-mapping-factor".into());
        }
        Ok(Self {
            formats: formats
                .iter()
                .map(|format| Format::read(format, pivot))
                .collect::<Result<_, _>>()?,
            pivot,
            style: NumberStyle {
                thousands,
                decimal,
                negative: true,
            },
            factor,
        })
    }

    /// A date: in ISO 8601 always, else in one of the formats, else in a form that can mean one date only. Where two formats give two
    /// dates, it is a finding.
    pub(super) fn date(&self, text: &str) -> Result<PartialDate, Said> {
        if let Ok(date) = PartialDate::from_str(text) {
            return Ok(date);
        }
        let plain = half_width(text);
        let day = Clock::cut(plain.trim()).filter(|(_, clock)| !clock.may_be_another_day());
        let pivot = self.pivot.unwrap_or_default();
        let formats = self.formats.iter();
        let mut dates: Vec<PartialDate> = formats
            .filter_map(|format| format.date(day?.0, pivot))
            .collect();
        dates.sort_unstable();
        dates.dedup();
        match dates[..] {
            [date] => Ok(date),
            [first, ..] => Err(Flaw::TwoDates.with("date", first)),
            [] => read_date(text).map_err(|fault| match fault {
                DateFault::Shape | DateFault::DayOrMonth | DateFault::ShortYear
                    if !self.formats.is_empty() =>
                {
                    Flaw::NoDateOfFormats.into()
                }
                fault => date_flaw(fault),
            }),
        }
    }

    /// A number, exactly, and the currency that stands beside it.
    pub(super) fn number(&self, text: &str) -> Result<WrittenNumber, Said> {
        let mut written = self.written(text)?;
        match self.factor {
            None | Some(1) => {}
            Some(_) if written.has_unit => return Err(Flaw::UnitAndFactor.into()),
            Some(factor) => {
                let product = written.number.0.checked_mul(factor.into());
                written.number = Decimal(product.ok_or(Flaw::TooLarge)?.normalize());
            }
        }
        Ok(written)
    }

    fn written(&self, text: &str) -> Result<WrittenNumber, Said> {
        WrittenNumber::read(text, &self.style).map_err(|fault| match fault {
            NumberFault::Shape => Flaw::NoNumberOfMapping.into(),
            fault => number_flaw(fault),
        })
    }

    /// A share in per cent. A factor is for numbers without the sign of per cent.
    pub(super) fn share(&self, text: &str) -> Result<Decimal, Said> {
        let plain = half_width(text);
        let written = match plain.trim().strip_suffix('%') {
            Some(number) => self.written(number)?,
            None => self.number(&plain)?,
        };
        let is_bare = written.currencies.is_empty() && !written.has_unit;
        match share_fault(written.number) {
            None if is_bare => Ok(written.number),
            _ => Err(Flaw::NoShare.into()),
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
        for text in ["16/3/05", "3/16/2005", "3/16/5", "2/30/05", "40000"] {
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
        let many = reading(&["D-M-YY", "YMD", "MMM D YYYY"], Some(50));
        for (text, expected) in [
            ("27-Nov-12", "2012-11-27"),
            ("27-11-62", "1962-11-27"),
            ("20240301", "2024-03-01"),
            ("March 1 2024", "2024-03-01"),
            ("27-11-12 12:00:00 AM", "2012-11-27"),
            ("2024年3月1日", "2024-03-01"),
            ("令和6年3月1日", "2024-03-01"),
        ] {
            let read = many.date(text).map(|date| date.to_string());
            assert_eq!(read.as_deref(), Ok(expected), "{text}");
        }
        let us = reading(&["M/D/Y"], None);
        let read = us
            .date("7/31/2026 12:00:00 AM")
            .map(|date| date.to_string());
        assert_eq!(read.as_deref(), Ok("2026-07-31"));
        for format in ["YYY", "Y/D", "Y/M/M", "M/D", "Y/M/Dth"] {
            assert!(Reading::new(&[format.to_owned()], None, None, None, None).is_err());
        }
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
                .map(|written| written.number.to_string())
        };
        assert_eq!(
            read(",", ".", None, "1,234,567.89").as_deref(),
            Ok("1234567.89")
        );
        assert_eq!(read(".", ",", None, "1.234,5").as_deref(), Ok("1234.5"));
        assert_eq!(read(",", ".", None, "39,800万").as_deref(), Ok("398000000"));
        assert_eq!(read(",", ".", Some(1), "3億").as_deref(), Ok("300000000"));
        assert!(read(",", ".", Some(1000), "3億").is_err());
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

    #[test]
    fn shares_are_read_in_per_cent() {
        let read = |factor, text: &str| {
            let reading = Reading::new(&[], None, None, None, factor).expect("a reading");
            reading.share(text).map(|share| share.to_string())
        };
        for text in ["40%", "40 %", "４０％", "40"] {
            assert_eq!(read(None, text).as_deref(), Ok("40"), "{text}");
        }
        assert_eq!(read(None, "0.4").as_deref(), Ok("0.4"));
        assert_eq!(read(Some(100), "0.4").as_deref(), Ok("40"));
        assert_eq!(read(Some(100), "40%").as_deref(), Ok("40"));
        for text in ["0", "101%", "-5%", "USD 40", "4万", "half"] {
            assert!(read(None, text).is_err(), "{text}");
        }
    }
}
